/** What the whole list, or every row of it, is selected by. */
export function SelectBox({ label, checked, mixed = false, onChange }: { label: string; checked: boolean; mixed?: boolean; onChange: () => void }) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={checked}
      ref={(box) => {
        if (box) box.indeterminate = mixed
      }}
      onChange={onChange}
      className="relative z-10 block size-4 shrink-0 accent-accent touch:size-5"
    />
  )
}
