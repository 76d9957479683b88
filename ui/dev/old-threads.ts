/** Titles of old threads with their age in hours. */
export const oldThreads: [string, number][] = [
  ['Sales 1996 to 1998', 0.1],
  ['Stock below reorder level', 0.5],
  ['Which PRs touch the rate limiter?', 1],
  ['Freight cost per shipper', 2],
  ['Top customers in Germany and Austria', 26],
  ['On-call handover, week 47', 28],
  ['Schema of the Northwind database', 30],
  ['Late shipments by carrier 1997', 75],
  ['Error budget for the checkout service, with the March incident left out', 99],
  ['Discount effect on Beverages', 100],
  ['Employees and their territories', 120],
  ['Release notes 4.2', 140],
  ['Suppliers without a second source', 400],
  ['Write a runbook for stock alerts', 900],
]
