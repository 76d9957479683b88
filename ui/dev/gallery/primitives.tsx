import { useState, type ReactNode } from 'react'
import { Button, type ButtonProps } from '../../src/ui/button.tsx'
import { CopyButton } from '../../src/ui/copy-button.tsx'
import { Icon, iconNames } from '../../src/ui/icon.tsx'
import { IconButton } from '../../src/ui/icon-button.tsx'
import { Kbd } from '../../src/ui/kbd.tsx'
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from '../../src/ui/menu.tsx'
import { Popover, PopoverContent, PopoverTrigger } from '../../src/ui/popover.tsx'
import { Ring } from '../../src/ui/ring.tsx'
import { Segmented } from '../../src/ui/segmented.tsx'
import { Skeleton } from '../../src/ui/skeleton.tsx'
import { Switch } from '../../src/ui/switch.tsx'
import { Tab, TabList, TabPanel, Tabs } from '../../src/ui/tabs.tsx'
import { useToast } from '../../src/ui/toast.tsx'
import { Gauges } from './gauges.tsx'

const variants = [
  'primary',
  'outline',
  'quiet',
  'danger',
  'accent',
] as const satisfies ButtonProps['variant'][]
const words = { copy: 'Copy', copied: 'Copied', failed: 'Could not copy' }

/** The parts that the features are made of, each in its states. */
export const primitives: { name: string; show: () => ReactNode }[] = [
  {
    name: 'Buttons',
    show: () =>
      (['md', 'sm'] as const).map((size) => (
        <p key={size}>
          {variants.map((variant) => (
            <Button key={variant} variant={variant} size={size}>
              {variant}
            </Button>
          ))}
          <Button size={size} disabled>
            disabled
          </Button>
          <Button size={size}>
            <Icon name="again" size="sm" /> with an icon
          </Button>
        </p>
      )),
  },
  {
    name: 'Icon buttons',
    show: () => (
      <p>
        <IconButton icon="edit" label="Edit" />
        <IconButton icon="edit" label="Edit, small" size="sm" />
        <IconButton icon="plug" label="Servers, open" on />
        <IconButton icon="again" label="Again, disabled" disabled />
        <CopyButton text="copied" words={words} />
      </p>
    ),
  },
  { name: 'Switches', show: () => <Switches /> },
  { name: 'Segments and tabs', show: () => <Choices /> },
  {
    name: 'Menu and popover',
    show: () => (
      <p>
        <Menu>
          <MenuTrigger asChild>
            <Button>Menu</Button>
          </MenuTrigger>
          <MenuContent>
            <MenuLabel>Label</MenuLabel>
            <MenuItem icon="edit">Rename</MenuItem>
            <MenuSeparator />
            <MenuItem icon="trash">Delete</MenuItem>
          </MenuContent>
        </Menu>
        <Popover>
          <PopoverTrigger asChild>
            <Button>Popover</Button>
          </PopoverTrigger>
          <PopoverContent aria-label="Popover">Some words.</PopoverContent>
        </Popover>
      </p>
    ),
  },
  {
    name: 'Waiting',
    show: () => (
      <p>
        <Ring label="Loading" />
        <Skeleton className="w-40" />
        <Kbd>⌘</Kbd>
        <Kbd>K</Kbd>
      </p>
    ),
  },
  { name: 'Toasts', show: () => <Toasts /> },
  { name: 'Context gauges', show: () => <Gauges /> },
  {
    name: 'Icons',
    show: () => (
      <p>
        {iconNames.map((name) => (
          <span key={name} title={name}>
            <Icon name={name} />
          </span>
        ))}
      </p>
    ),
  },
]

function Switches() {
  const [on, setOn] = useState(true)
  return (
    <p>
      <Switch aria-label="On" checked={on} onCheckedChange={setOn} />
      <Switch aria-label="Large" size="lg" checked={on} onCheckedChange={setOn} />
      <Switch aria-label="Neutral" tone="neutral" checked={on} onCheckedChange={setOn} />
      <Switch aria-label="Off" checked={false} onCheckedChange={setOn} />
      <Switch aria-label="Disabled" checked onCheckedChange={setOn} disabled />
    </p>
  )
}

function Choices() {
  const [value, setValue] = useState<'a' | 'b'>('a')
  const options = [
    { value: 'a', label: 'Once' },
    { value: 'b', label: 'This thread' },
  ] as const
  return (
    <>
      <Segmented label="For how long" value={value} options={options} onChange={setValue} />
      <Segmented label="Disabled" value={value} options={options} onChange={setValue} disabled />
      <Tabs defaultValue="table">
        <TabList aria-label="Views">
          <Tab value="table">Table</Tab>
          <Tab value="sql">SQL</Tab>
        </TabList>
        <TabPanel value="table">Rows</TabPanel>
        <TabPanel value="sql">SELECT 1</TabPanel>
      </Tabs>
    </>
  )
}

function Toasts() {
  const toast = useToast()
  return (
    <p>
      <Button onClick={() => toast({ text: 'Something happened.' })}>Say something</Button>
      <Button onClick={() => toast({ text: 'Deleted.', action: { label: 'Undo', run: () => undefined } })}>
        Say something with a way back
      </Button>
    </p>
  )
}
