import { Monitor, Moon, Sun } from 'lucide-react'
import { texts } from './texts'

export const THEMES = [
  { value: 'system', label: texts.theme.system, icon: Monitor },
  { value: 'light', label: texts.theme.light, icon: Sun },
  { value: 'dark', label: texts.theme.dark, icon: Moon },
] as const
