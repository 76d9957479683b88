/** One tooltip, as the timing of all of them sees it. */
export interface Tip {
  show: () => void
  hide: () => void
}

/** How long the pointer rests on something before its tooltip comes, in milliseconds. */
export const restTime = 500

/** How long after one tooltip the next comes without a rest. */
const warmTime = 200

/** How long the pointer may be on its way from a button to its tooltip. */
const graceTime = 120

/** When tooltips come and go; at most one is shown. */
export interface Tips {
  /** The pointer is over what a tip explains. */
  hover: (tip: Tip) => void
  /** The keyboard is there. */
  focus: (tip: Tip) => void
  /** The pointer has left it, perhaps for the tip itself. */
  leave: (tip: Tip) => void
  /** The pointer has reached the tip itself. */
  stay: () => void
  /** It is not wanted any more, or its button has gone. */
  drop: (tip: Tip) => void
}

/** Returns the timing of a page's tooltips. */
export function newTips(): Tips {
  let shown: Tip | undefined
  let coming: Tip | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let goneAt = -Infinity
  const wait = (then: () => void, time: number) => {
    clearTimeout(timer)
    timer = setTimeout(then, time)
  }
  const hide = () => {
    clearTimeout(timer)
    coming = undefined
    if (shown === undefined) return
    shown.hide()
    shown = undefined
    goneAt = performance.now()
  }
  const show = (tip: Tip) => {
    if (shown === tip) return clearTimeout(timer)
    hide()
    shown = tip
    tip.show()
  }
  return {
    hover(tip) {
      if (shown !== undefined || performance.now() - goneAt < warmTime) return show(tip)
      coming = tip
      wait(() => show(tip), restTime)
    },
    focus: show,
    leave(tip) {
      if (shown === tip) wait(hide, graceTime)
      else if (coming === tip) hide()
    },
    stay: () => clearTimeout(timer),
    drop(tip) {
      if (shown === tip || coming === tip) hide()
    },
  }
}
