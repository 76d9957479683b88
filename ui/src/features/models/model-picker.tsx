import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { modelsQuery } from '@/lib/query'
import { useMedia, widths } from '@/lib/use-media'
import { text } from '@/strings/models'
import { Button } from '@/ui/button'
import { Dialog, DialogTitle, DialogTrigger, SheetContent } from '@/ui/dialog'
import { Icon } from '@/ui/icon'
import { Popover, PopoverContent, PopoverTrigger } from '@/ui/popover'
import { chosenModel } from './models'

const ModelList = lazy(() => import('./model-list').then((m) => ({ default: m.ModelList })))

/** Whether the list is open, where that is not the picker's own business. */
export interface Opening {
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/**
 * ModelPicker shows the model that will answer and lets another be chosen, from a list beside
 * it, or in a sheet on a phone. What the list is made of comes when it is first opened.
 */
export function ModelPicker({
  value,
  onChange,
  ...opening
}: Opening & {
  value: string | undefined
  onChange: (id: string) => void
}) {
  const { data: models, isError, refetch } = useQuery(modelsQuery)
  const phone = useMedia(widths.phone)
  const [own, setOwn] = useState(false)
  const { open = own, onOpenChange: setOpen = setOwn } = opening
  const chosen = chosenModel(models ?? [], value)
  const label = chosen?.label ?? (isError ? text.failed : models ? text.none : text.loading)
  const trigger = (
    <button
      type="button"
      aria-label={text.label(label)}
      className="flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2 text-ink-2 transition-colors hover:bg-hover hover:text-ink data-[state=open]:bg-pressed max-sm:h-10"
    >
      <span className="max-w-40 trunc">{label}</span>
      <Icon name="chevronDown" size="sm" className="text-ink-3" />
    </button>
  )
  const list =
    isError && models === undefined ? (
      <div className="p-3">
        <Button size="sm" onClick={() => void refetch()}>
          <Icon name="again" size="sm" />
          {text.retry}
        </Button>
      </div>
    ) : (
      <Suspense fallback={<p className="h-50 p-4 text-ink-3">{text.loadingList}</p>}>
        <ModelList
          models={models ?? []}
          chosen={chosen?.id}
          onPick={(id) => {
            setOpen(false)
            onChange(id)
          }}
        />
      </Suspense>
    )
  if (phone) {
    return (
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger asChild>{trigger}</DialogTrigger>
        <SheetContent side="bottom" aria-describedby={undefined}>
          <DialogTitle className="px-4 pt-3 pb-2 font-semibold">{text.hint}</DialogTitle>
          {list}
        </SheetContent>
      </Dialog>
    )
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label={text.hint}
        className="flex max-h-[min(420px,var(--radix-popover-content-available-height))]! w-88 flex-col overflow-hidden p-0!"
      >
        {list}
      </PopoverContent>
    </Popover>
  )
}
