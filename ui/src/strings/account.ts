/** The words of the account menu. */
export const text = {
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
