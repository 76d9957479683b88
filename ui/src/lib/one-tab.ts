/**
 * Does some work in one tab of this browser at a time: while another is at it, nothing is done.
 * It returns whether the work was done, and rejects as the work does. A tab that is closed in the
 * middle lets go. Where a browser has no locks, each tab works.
 */
export async function inOneTab(name: string, work: () => Promise<void>): Promise<boolean> {
  // The type says that there always are some; without HTTPS there are none.
  const locks: LockManager | undefined = navigator.locks
  if (locks === undefined) {
    await work()
    return true
  }
  return locks.request(`pomchat.${name}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false
    await work()
    return true
  })
}
