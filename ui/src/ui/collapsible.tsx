import { Collapsible as Radix } from 'radix-ui'

/**
 * Collapsible, CollapsibleTrigger and CollapsibleContent fold a part of the page;
 * the trigger carries aria-expanded and data-state for the look of its chevron.
 */
export const Collapsible = Radix.Root
export const CollapsibleTrigger = Radix.Trigger
export const CollapsibleContent = Radix.Content
