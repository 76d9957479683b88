/**
 * exportAddress returns where a thread is had as a file: the line of it that ends with leaf in
 * Markdown, the newest if no leaf is given, or all of it in JSON.
 */
export function exportAddress(id: string, format: 'md' | 'json', leaf?: string): string {
  const query = new URLSearchParams(leaf === undefined ? { format } : { format, leaf })
  return `/api/threads/${encodeURIComponent(id)}/export?${query}`
}
