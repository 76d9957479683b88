import { cn } from './cn'

const paths = {
  again: 'M20 11a8 8 0 0 0-14.5-4L3 9.5M3 4v5.5h5.5M4 13a8 8 0 0 0 14.5 4L21 14.5M21 20v-5.5h-5.5',
  allowed: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5',
  arrowDown: 'M12 5v14M6 13l6 6 6-6',
  arrowUp: 'M12 19V5M6 11l6-6 6 6',
  bars: 'M5 20V10M12 20V4M19 20v-7',
  blocked: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 8.5l7 7',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11',
  box: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  branch: 'M7 4v16M7 12c6 0 10-2 10-8',
  check: 'm5 12.5 4.5 4.5L19 7',
  chevronDown: 'm6 9 6 6 6-6',
  archive: 'M3 5h18v4H3zM5 9v10h14V9M10 13h4',
  chevronLeft: 'm15 6-6 6 6 6',
  chevronRight: 'm9 6 6 6-6 6',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4l3 2',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  cut: 'M4 7h16M4 12h9M4 17h4M17 14l4 4M21 14l-4 4',
  database:
    'M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3ZM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  enter: 'M19 6v6a3 3 0 0 1-3 3H6M10 11l-4 4 4 4',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  filter: 'M4 6h16M7 12h10M10 18h4',
  git: 'M6 4v10M18 10a6 6 0 0 1-6 6H9M6 20a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM18 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  globe:
    'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM4 12h16M12 4c2.500 2.2 3.500 5 3.500 8s-1 5.800-3.500 8c-2.500-2.200-3.500-5-3.500-8s1-5.800 3.500-8Z',
  key: 'M12 15.500a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM11 12.5 19.5 4M16 7.500l3 3M13.5 10l2 2',
  keyboard: 'M3 7h18v11H3zM7 11h.01M11 11h.01M15 11h.01M8 14.500h8',
  menu: 'M4 7h16M4 12h16M4 17h16',
  message: 'M4 5h16v11H10l-4 4v-4H4z',
  model: 'M7 7h10v10H7zM10 3v4M14 3v4M10 17v4M14 17v4M3 10h4M3 14h4M17 10h4M17 14h4',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  offline: 'M4 4l16 16M8.5 6.500A8 8 0 0 1 20 9M4 9c.8-.8 1.6-1.4 2.5-1.900M8 13a6 6 0 0 1 4-2M12 18h.01',
  paperclip:
    'M20 11.5 12.300 19.200a5 5 0 0 1-7.100-7.100l8-8a3.400 3.400 0 0 1 4.800 4.800l-8 8a1.700 1.700 0 0 1-2.400-2.400l7.400-7.400',
  pause: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM10 9.500v5M14 9.500v5',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM20 20l-4-4',
  servers: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 4.500v5M8 14.500v5',
  sidebar: 'M4 5h16v14H4zM10 5v14',
  stop: 'M7 7h10v10H7z',
  theme: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 4v16',
  trash: 'M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5',
  trend: 'M4 17l5-6 4 4 7-9M15 6h5v5',
  warning: 'M12 4 3 19h18zM12 10v4M12 16.800v.2',
} as const

/** The names of the drawings; all share one 24-unit grid. */
export type IconName = keyof typeof paths

/** All of them, for the gallery. */
export const iconNames = Object.keys(paths) as IconName[]

/**
 * Icon draws a 16 px line icon in the text's colour; small is 14 px, tiny 13 px.
 * It is hidden from screen readers: whatever holds it carries the words.
 */
export function Icon({
  name,
  size = 'md',
  className,
}: {
  name: IconName
  size?: 'md' | 'sm' | 'xs'
  className?: string
}) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill={name === 'stop' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.6 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cn(
        'flex-none',
        size === 'md' && 'size-4',
        size === 'sm' && 'size-3.5',
        size === 'xs' && 'size-[13px]',
        className,
      )}
    >
      <path d={paths[name]} />
    </svg>
  )
}
