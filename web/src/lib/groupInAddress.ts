/** How an address names one of several groups: by name, which several accounts may have; by id where the name has a comma. */
export const groupInAddress = ({ id, name }: { id: string; name: string }): string => (name.includes(',') ? id : name)
