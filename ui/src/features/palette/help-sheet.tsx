import { keyCaps } from '@/lib/shortcut'
import { text } from '@/strings/palette'
import { Dialog, DialogContent, DialogTitle } from '@/ui/dialog'
import { useFocusReturn } from '@/ui/focus-return'
import { IconButton } from '@/ui/icon-button'
import { Kbd } from '@/ui/kbd'

/** HelpSheet lists the keys of the page and what they do. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const { title, close, groups, does } = text.help
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        aria-describedby={undefined}
        className="scroll-thin max-h-[calc(80dvh-16px)]"
        {...useFocusReturn('itself')}
      >
        <div className="-mt-1 -mr-2 mb-2 flex items-center justify-between">
          <DialogTitle className="font-semibold">{title}</DialogTitle>
          <IconButton icon="close" label={close} onClick={onClose} />
        </div>
        <div className="grid gap-4">
          {groups.map(({ name, keys }) => (
            <section key={name}>
              <h3 className="pb-1 text-xs font-medium text-ink-3">{name}</h3>
              <dl>
                {keys.map((key) => (
                  <div key={key} className="flex min-h-8 items-center justify-between gap-4 border-t">
                    <dt className="text-ink-2">{does[key]}</dt>
                    <dd className="flex flex-none gap-1">
                      {keyCaps(key).map((cap) => (
                        <Kbd key={cap}>{cap}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  )
}
