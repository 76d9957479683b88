const hello = (words: string) => (name: string) => (name === '' ? words : `${words}, ${name}`)

/** The words of the account menu. */
export const text = {
  /** By the time of day, to someone of whom the name may not be known. */
  greeting: {
    morning: hello('Good morning'),
    afternoon: hello('Good afternoon'),
    evening: hello('Good evening'),
  },
  menu: (name: string) => `Account of ${name}`,
  loading: 'Loading your account',
  you: 'You',
  local: 'On this computer',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  approvals: 'Approvals',
  commands: 'Commands',
  keys: 'Keyboard shortcuts',
  signOut: 'Sign out',
  version: (version: string) => `Version ${version}`,
}
