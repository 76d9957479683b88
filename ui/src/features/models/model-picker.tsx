import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { modelsQuery } from '@/lib/query'
import { Icon } from '@/ui/icon'
import { Menu, MenuContent, MenuItem, MenuLabel, MenuRadio, MenuRadioGroup, MenuTrigger } from '@/ui/menu'
import { byProvider, chosenModel } from './models'
import { text } from './strings'

/** Whether the list is open, where that is not the picker's own business. */
export interface Opening {
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** ModelPicker shows the model that will answer and lets another be chosen by its id. */
export function ModelPicker({
  value,
  onChange,
  ...opening
}: Opening & {
  value: string | undefined
  onChange: (id: string) => void
}) {
  const { data: models, isError, refetch } = useQuery(modelsQuery)
  const chosen = chosenModel(models ?? [], value)
  const label = chosen?.label ?? (isError ? text.failed : models ? text.none : text.loading)
  const groups = byProvider(models ?? [])
  return (
    <Menu {...opening}>
      <MenuTrigger
        aria-label={text.label(label)}
        className="flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2 text-ink-2 transition-colors hover:bg-hover hover:text-ink data-[state=open]:bg-pressed max-sm:h-10"
      >
        <span className="max-w-40 trunc">{label}</span>
        <Icon name="chevronDown" size="sm" className="text-ink-3" />
      </MenuTrigger>
      <MenuContent align="end" className="w-72">
        {isError && models === undefined && (
          <MenuItem icon="again" onSelect={() => void refetch()}>
            {text.retry}
          </MenuItem>
        )}
        <MenuRadioGroup value={chosen?.id ?? ''} onValueChange={onChange}>
          {groups.map(({ provider, models: some }) => (
            <Fragment key={provider}>
              <MenuLabel>{provider}</MenuLabel>
              {some.map((model) => (
                <MenuRadio key={model.id} value={model.id} className="py-1">
                  <span className="min-w-0 flex-1">
                    <span className="block trunc">{model.label}</span>
                    {model.note && <span className="block text-xs text-ink-3">{model.note}</span>}
                  </span>
                  {model.default && <span className="text-xs text-ink-3">{text.standard}</span>}
                </MenuRadio>
              ))}
            </Fragment>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  )
}
