/** leave goes to another page; the address is one that the caller has checked. */
export const leave = (href: string) => location.assign(href)
