/** What people read before a link of an answer leads them away. */
export const leaving = {
  head: 'Leave for another site?',
  body: 'This link stands in an answer. Neither the model nor your company’s servers vouch for where it leads.',
  always: (host: string) => `Do not ask again about ${host} in this thread`,
  stay: 'Stay here',
  plain: (href: string) => `Leave for another site? ${href}`,
}
