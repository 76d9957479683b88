import { chosenModel } from '@/features/models/models'
import type { Command } from '@/features/palette/commands'
import { themes, type Theme } from '@/lib/theme'
import { text as accountText } from '@/strings/account'
import { text as approvalsText } from '@/strings/approvals'
import { text as serverText } from '@/strings/servers'
import { text } from '@/strings/shell'
import type { Me, ModelInfo } from '@/wire/wire.gen'
import type { Layout, OwnCommands } from './layout'

/** actionsOf lists what can be done from anywhere, and a way to the models where one can be chosen. */
export function actionsOf({
  layout,
  me,
  theme: [theme, setTheme],
  model,
  onHelp,
  onApprovals,
}: {
  layout: Layout
  me: Me | undefined
  theme: [Theme, (theme: Theme) => void]
  /** The models, and the id of the chosen one; null on pages without. */
  model: { id: string | undefined; models: readonly ModelInfo[] } | null
  onHelp: () => void
  onApprovals: () => void
}): Command[] {
  const signOutUrl = me?.signOutUrl
  const chosen = model && chosenModel(model.models, model.id)
  return [
    { id: 'new', label: text.newThread, icon: 'plus', keys: 'newThread', run: layout.newThread },
    { id: 'search', label: text.searchLong, icon: 'search', keys: 'search', run: layout.openSearch },
    ...(chosen
      ? [
          {
            id: 'servers',
            label: serverText.title,
            icon: 'servers' as const,
            words: text.serverWords,
            run: () => layout.setServersOpen(true),
          },
          {
            id: 'model',
            label: text.chooseModel,
            icon: 'model' as const,
            hint: chosen.label,
            fill: `${text.modelWords} `,
          },
        ]
      : []),
    { id: 'approvals', label: approvalsText.title, icon: 'allowed', run: onApprovals },
    ...themes.map((one): Command => ({
      id: `theme-${one}`,
      label: text.themeOf(accountText.themes[one]),
      icon: 'theme',
      current: one === theme,
      run: () => setTheme(one),
    })),
    { id: 'keys', label: text.keys, icon: 'keyboard', words: text.keysWords, keys: 'help', run: onHelp },
    ...(signOutUrl === undefined
      ? []
      : [
          {
            id: 'out',
            label: accountText.signOut,
            icon: 'key' as const,
            words: text.signOutWords,
            run: () => location.assign(signOutUrl),
          },
        ]),
  ]
}

/** modelsOf lists the models to choose from, which are found by name, by provider and as models. */
export function modelsOf(models: readonly ModelInfo[], { model, onModel }: OwnCommands): Command[] {
  const chosen = chosenModel(models, model)
  return models.map(({ id, label, provider }) => ({
    id: `model-${id}`,
    label,
    icon: 'model',
    hint: provider,
    words: `${text.modelWords} ${provider} ${id}`,
    current: id === chosen?.id,
    deep: true,
    run: () => onModel(id),
  }))
}
