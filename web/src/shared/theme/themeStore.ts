import { create } from 'zustand'
import { localStore } from '../lib/storage'

export const theme_choices = ['light', 'dark', 'system'] as const
export type ThemeChoice = (typeof theme_choices)[number]

const theme_key = 'siyu.theme'
const prefersDark = matchMedia('(prefers-color-scheme: dark)')

interface ThemeState {
  choice: ThemeChoice
  dark: boolean
  choose(choice: ThemeChoice): void
}

const isDark = (choice: ThemeChoice) => (choice === 'system' ? prefersDark.matches : choice === 'dark')

function show(dark: boolean) {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  return dark
}

const first = theme_choices.find((choice) => choice === localStore.read(theme_key)) ?? 'system'

export const useTheme = create<ThemeState>((set, get) => {
  prefersDark.addEventListener('change', () => set({ dark: show(isDark(get().choice)) }))
  return {
    choice: first,
    dark: show(isDark(first)),
    choose(choice) {
      localStore.write(theme_key, choice)
      set({ choice, dark: show(isDark(choice)) })
    },
  }
})
