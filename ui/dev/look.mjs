import { mkdir } from 'node:fs/promises'
import axe from 'axe-core'
import { chromium } from 'playwright-core'

// Takes pictures of the page's states and checks each with axe. Start the page with
// `npm run dev:fake`, then run `node dev/look.mjs [address] [folder] [names] [size]`, where
// names is a regular expression.
const [address = 'http://localhost:5173', folder = 'look', only = '', onlySize = ''] = process.argv.slice(2)

/** @type {{ name: string, path: string, act?: (page: import('playwright-core').Page) => Promise<void>, measure?: (page: import('playwright-core').Page) => Promise<string[]> }[]} */
const states = [
  { name: 'home', path: '/' },
  { name: 'thread', path: '/t/thr_1' },
  { name: 'call', path: '/t/thr_1', act: openCall },
  { name: 'rerun', path: '/t/thr_1', act: (page) => runAgain(page, 'SELECT category FROM Beverages') },
  { name: 'rerun-wrong', path: '/t/thr_1', act: (page) => runAgain(page, 'SELECT Nme\nFROM Customers') },
  { name: 'rerun-refused', path: '/t/thr_1', act: (page) => runAgain(page, 'SELECT secret FROM Customers') },
  { name: 'rerun-many', path: '/t/thr_1', act: (page) => runAgain(page, 'SELECT * FROM Orders') },
  { name: 'rerun-going', path: '/t/thr_1', act: (page) => runAgain(page, 'WAITFOR it') },
  { name: 'try-again', path: '/t/scene_silent', act: (page) => waitFor(page, 'Try again') },
  { name: 'tried-again', path: '/t/scene_silent', act: tryAgain },
  { name: 'hard-prose', path: '/t/thr_12', measure: measureProse },
  { name: 'servers', path: '/t/thr_1', act: openServers },
  { name: 'servers-off', path: '/t/thr_2', act: switchOff },
  { name: 'approval', path: '/t/scene_approval', act: (page) => waitFor(page, 'Approve and run') },
  { name: 'approval-edited', path: '/t/scene_approval', act: editCall },
  { name: 'approval-wrong', path: '/t/scene_ticket', act: breakCall },
  { name: 'approval-remote', path: '/t/scene_remote', act: (page) => waitFor(page, 'Approve and run') },
  { name: 'approval-denied', path: '/t/scene_ticket', act: denyCall },
  { name: 'progress', path: '/t/scene_progress', act: openLog },
  { name: 'stopped-call', path: '/t/scene_progress', act: stopFirstCall },
  { name: 'form', path: '/t/scene_form', act: (page) => waitFor(page, 'Submit') },
  { name: 'form-wrong', path: '/t/scene_form', act: submitForm },
  { name: 'connect', path: '/t/scene_connect', act: (page) => waitFor(page, 'Go on without it') },
  { name: 'connect-failed', path: '/t/thr_1', act: failToConnect },
  {
    name: 'visit',
    path: '/t/scene_visit',
    act: (page) => page.getByRole('link', { name: /^Open pay/ }).waitFor(),
  },
  { name: 'servers-tools', path: '/t/thr_3', act: switchTools },
  { name: 'evidence', path: '/t/scene_evidence', act: (page) => page.locator('.files img').waitFor() },
  { name: 'calls', path: '/t/scene_calls', act: openArguments },
  { name: 'charts', path: '/t/scene_charts', act: (page) => openChart(page, 2) },
  { name: 'charts-bars', path: '/t/scene_charts', act: (page) => openChart(page, 4) },
  { name: 'charts-part', path: '/t/scene_figures', act: (page) => openChart(page, 2) },
  { name: 'figures', path: '/t/scene_figures', act: (page) => page.locator('.figure').first().waitFor() },
  { name: 'receipt', path: '/t/scene_figures', act: openReceipt },
  { name: 'figures-found', path: '/t/scene_figures', act: findRow },
  {
    name: 'doubted',
    path: '/t/scene_doubted',
    act: (page) => page.getByText('but of another row').last().waitFor(),
  },
  { name: 'doubted-found', path: '/t/scene_doubted', act: findOther },
  { name: 'rows', path: '/t/scene_figures', act: readOn },
  { name: 'rows-failed', path: '/t/scene_figures', act: failToReadOn },
  {
    name: 'refused',
    path: '/t/scene_refused',
    act: (page) => page.getByText('The model declined.').waitFor(),
  },
  { name: 'blocked', path: '/t/scene_blocked', act: (page) => page.getByText('Blocked by policy').waitFor() },
  { name: 'cut-off', path: '/t/scene_cut', act: (page) => waitFor(page, 'Continue') },
  { name: 'continued', path: '/t/scene_cut', act: goOn },
  { name: 'approvals', path: '/approvals', act: revokeOne },
  { name: 'approvals-none', path: '/approvals', act: revokeAll },
  { name: 'missing', path: '/t/nobody' },
  { name: 'no-page', path: '/nowhere' },
  { name: 'model-menu', path: '/', act: openModels },
  {
    name: 'servers-menu',
    path: '/',
    act: (page) => page.getByRole('button', { name: /^Servers for/ }).click(),
  },
  { name: 'prompts', path: '/t/thr_1', act: (page) => slash(page, '/') },
  { name: 'prompts-new', path: '/', act: (page) => slash(page, '/') },
  { name: 'prompts-none', path: '/t/thr_1', act: (page) => slash(page, '/zzz') },
  { name: 'prompt-form', path: '/t/thr_1', act: fillInPrompt },
  { name: 'prompt-missing', path: '/t/thr_1', act: submitPrompt },
  { name: 'search', path: '/', act: search },
  { name: 'palette', path: '/t/thr_1', act: (page) => openPalette(page, '') },
  { name: 'palette-found', path: '/t/thr_1', act: (page) => openPalette(page, 'th') },
  { name: 'palette-models', path: '/t/thr_1', act: (page) => openPalette(page, 'model') },
  { name: 'palette-none', path: '/t/thr_1', act: (page) => openPalette(page, 'zebra') },
  { name: 'keys', path: '/t/thr_1', act: openKeys },
  { name: 'drawer', path: '/', act: openDrawer },
  { name: 'offline', path: '/t/thr_1', act: loseServer },
  { name: 'failed-send', path: '/', act: failToSend },
  { name: 'too-long', path: '/', act: (page) => page.getByLabel('Message').fill('x'.repeat(300_000)) },
]

async function tryAgain(page) {
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('list', { name: /^Your runs/ }).waitFor()
}

async function stopFirstCall(page) {
  await page.getByRole('button', { name: 'Stop call 1' }).click()
  await page.getByRole('button', { name: /^Call 1 .*stopped/ }).click()
}

async function openReceipt(page) {
  await page.getByRole('button', { name: /^From Northwind/ }).click()
  await page.locator('.receipt').waitFor()
}

async function slash(page, text) {
  await page.getByLabel('Message').pressSequentially(text)
  await page.locator('[data-slash]').waitFor()
}

async function fillInPrompt(page) {
  await slash(page, '/analyze')
  await page.getByLabel('Message').press('Enter')
  await page.getByRole('option', { name: '1997-Q2' }).waitFor()
}

async function submitPrompt(page) {
  await slash(page, '/onboard')
  await page.getByLabel('Message').press('Enter')
  await page.getByRole('button', { name: 'Use prompt' }).click()
  await page.getByText('Fill this in.').first().waitFor()
}

async function findRow(page) {
  await page.getByRole('link', { name: 'Cited: call 2, row 830' }).click()
  await page.locator('tr[data-row="830"]:focus').waitFor()
}

async function findOther(page) {
  await page.getByRole('link', { name: 'call 1, row 1 (USA)', exact: true }).click()
  await page.locator('tr[data-row="1"]:focus').waitFor()
}

async function openArguments(page) {
  await page.getByText('being written').waitFor()
  for (const call of [1, 2]) await page.getByRole('button', { name: new RegExp(`^Call ${call}`) }).click()
  for (const tab of await page.getByRole('tab', { name: 'Arguments' }).all()) await tab.click()
  await page.getByText('As you changed it').first().waitFor()
}

async function openChart(page, call) {
  await page.getByRole('button', { name: new RegExp(`^Call ${call}`) }).click()
  await page.getByRole('tab', { name: 'Chart' }).click()
  await page.getByRole('slider').press('End')
  await page.getByRole('slider').scrollIntoViewIfNeeded()
}

async function readOn(page) {
  await page.getByRole('button', { name: /^Call 2/ }).click()
  await page.getByRole('button', { name: 'Show 201–400' }).click()
  await page.getByText('1–400 of 830').waitFor()
  await page.locator('tr[data-row="201"]').waitFor()
}

async function failToReadOn(page) {
  await page.route('**/api/results/**', (route) => route.abort())
  await page.getByRole('button', { name: /^Call 2/ }).click()
  await page.getByRole('button', { name: 'Show 201–400' }).click()
  await page.getByRole('button', { name: 'Retry' }).waitFor()
}

async function waitFor(page, name) {
  await page.getByRole('button', { name }).waitFor()
}

async function editCall(page) {
  const field = page.getByLabel('query SQL')
  await field.fill((await field.inputValue()).replace('20', '30'))
  await page.getByText('This thread').click()
  await page.getByText('20 became 30').waitFor()
}

async function breakCall(page) {
  await page.getByLabel('priority number').fill('very')
  await page.getByText('not valid JSON').waitFor()
}

async function denyCall(page) {
  await page.getByRole('button', { name: 'Deny' }).click()
  await page.getByText('Done.').waitFor()
  await page.getByRole('button', { name: /^Call 1/ }).click()
  await page.getByText('You did not allow this call').waitFor()
}

async function openLog(page) {
  await page.getByText('Fitting product 41').waitFor()
  await page.getByRole('button', { name: /^Call 1/ }).click()
  await page.getByText('Loaded 830 orders').waitFor()
}

async function submitForm(page) {
  await waitFor(page, 'Submit')
  await page.getByRole('textbox', { name: 'Seats' }).fill('40')
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.getByText('This is more than 20.').waitFor()
}

async function goOn(page) {
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('Continued at').waitFor()
  await page.getByRole('button', { name: 'Answer again' }).waitFor()
}

const revoke = (page) => page.getByRole('button', { name: /^Revoke/ })

async function revokeOne(page) {
  await revoke(page).last().click()
  await page.getByText('will ask you again').waitFor()
}

async function revokeAll(page) {
  await revoke(page).first().waitFor()
  for (let left = await revoke(page).count(); left > 0; left--) {
    await revoke(page).first().click()
    await page.getByRole('group').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('will ask you again').waitFor({ state: 'detached' })
  }
  await page.getByText('You have approved nothing').waitFor()
}

async function openServers(page) {
  const button = page.getByRole('button', { name: /^Servers( \d| on|$)/ })
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click()
  await page
    .getByText('Summary')
    .or(page.getByText(/tools on$/))
    .first()
    .waitFor()
}

async function switchOff(page) {
  await openServers(page)
  const northwind = page.getByRole('switch', { name: /^Use Northwind/ })
  if (await northwind.isChecked()) await northwind.click()
  await page.getByText('2 of 5 tools on').waitFor()
}

async function switchTools(page) {
  await openServers(page)
  const panel = page.getByRole('complementary').or(page.getByRole('dialog'))
  const list = panel.getByRole('switch', { name: 'Use list_tables in this thread' })
  if (await list.isChecked()) await list.click()
  await panel.getByRole('button', { name: 'Tools of Handbook' }).click()
  const search = panel.getByRole('switch', { name: 'Use Web search in this thread' })
  if (!(await search.isChecked())) await search.click()
  await page.getByText('Allow that in this thread?').waitFor()
}

async function openCall(page) {
  await page.getByRole('button', { name: /^Call/ }).first().click()
  await page.getByRole('table').waitFor()
}

/** Long text beside a word without end keeps a width; code stays clear of its label and button. */
async function measureProse(page) {
  await page.locator('.prose table').waitFor()
  return page.evaluate(() => {
    const found = []
    const [text] = document.querySelectorAll('.prose td')
    const width = text.getBoundingClientRect().width
    if (width < 90) found.push(`a column of long text is ${Math.round(width)} px wide`)
    for (const box of document.querySelectorAll('.prose .code-box')) {
      const code = box.querySelector('code').getBoundingClientRect()
      for (const part of box.querySelectorAll('button, span:not(code *):not(.sr-only)')) {
        const { width, top, bottom } = part.getBoundingClientRect()
        if (width > 0 && top < code.bottom && bottom > code.top)
          found.push(`code runs under ${part.outerHTML.slice(0, 80)}`)
      }
    }
    return found
  })
}

async function openPalette(page, words) {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(words)
  await page.waitForTimeout(600)
  await page.getByRole('option').or(page.getByText('Nothing found')).first().waitFor()
}

async function openModels(page) {
  await page.getByRole('button', { name: /^Model/ }).click()
  await page.getByRole('option').first().waitFor()
}

async function openKeys(page) {
  await openPalette(page, '')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
}

async function openDrawer(page) {
  const button = page.getByRole('button', { name: 'Threads' })
  if (await button.isVisible()) await button.click()
}

async function search(page) {
  await openDrawer(page)
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByLabel('Search threads').fill('re')
  await page
    .getByRole('status')
    .getByText(/contain/)
    .or(page.getByText(/contain “re”/))
    .first()
    .waitFor()
}

async function loseServer(page) {
  await page.route('**/api/**', (route) => route.abort())
  await page.evaluate(() => dispatchEvent(new Event('visibilitychange')))
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.getByText('The server does not answer.').waitFor()
}

async function failToConnect(page) {
  await page.evaluate(() => sessionStorage.setItem('pomchat.connecting', '{"id":"github","name":"GitHub"}'))
  const why = 'MCP connection failed. Ask your administrator to check logs for request ID: 4f2a'
  await page.goto(`${page.url()}?${new URLSearchParams({ connect_error: why })}`)
  await page.getByText('GitHub could not be connected.').waitFor()
}

async function failToSend(page) {
  await page.route('**/api/threads', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  await page.getByLabel('Message').fill('Which products carry the year 1997?')
  await page.getByLabel('Message').press('Enter')
  await page.getByRole('alert').waitFor()
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
})
await mkdir(folder, { recursive: true })
let found = 0
for (const [size, viewport] of [
  ['wide', { width: 1360, height: 900 }],
  ['phone', { width: 390, height: 844 }],
  ['small', { width: 320, height: 640 }],
].filter(([name]) => name.includes(onlySize))) {
  for (const scheme of ['light', 'dark']) {
    for (const state of states.filter((one) => new RegExp(only).test(one.name))) {
      const context = await browser.newContext({
        viewport,
        colorScheme: scheme,
        locale: 'en-GB',
        reducedMotion: 'reduce',
        hasTouch: size === 'phone',
        isMobile: size === 'phone',
      })
      const page = await context.newPage()
      await context.request.post(`${address}/api/dev/reset`)
      const complaints = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        if (/content security policy/i.test(message.text())) complaints.push(message.text())
      })
      await page.goto(address + state.path)
      await page.locator('main').waitFor()
      // A run that is followed keeps its connection, so there the state itself is waited for.
      if (!state.path.startsWith('/t/scene_')) await page.waitForLoadState('networkidle')
      await state.act?.(page)
      complaints.push(...((await state.measure?.(page)) ?? []))
      const name = `${state.name}-${size}-${scheme}`
      await page.screenshot({ path: `${folder}/${name}.png` })
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate(() =>
        globalThis.axe.run(
          // A menu that is open stands outside of every landmark, and is gone when it is left.
          { exclude: [['[data-radix-popper-content-wrapper]:has([role=menu])']] },
          {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            resultTypes: ['violations'],
          },
        ),
      )
      for (const { id, nodes } of violations) {
        complaints.push(
          `${id}: ${nodes
            .map((node) => node.html)
            .join(' | ')
            .slice(0, 400)}`,
        )
      }
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (wider > 0) complaints.push(`${wider} px wider than the window`)
      process.stdout.write(`${complaints.length === 0 ? 'ok  ' : 'BAD '} ${name}\n`)
      for (const complaint of complaints) process.stdout.write(`     ${complaint}\n`)
      found += complaints.length
      await context.close()
    }
  }
}
await browser.close()
process.exitCode = found === 0 ? 0 : 1

/**
 * Edits the SQL of the last call, and runs that.
 * @param {import('playwright-core').Page} page
 * @param {string} sql
 */
async function runAgain(page, sql) {
  await openCall(page)
  await page.getByRole('tab', { name: 'SQL' }).click()
  await page.getByRole('button', { name: 'Edit and run' }).click()
  const box = page.getByRole('textbox', { name: /SQL$/ })
  await box.fill(sql)
  await box.press('Control+Enter')
  await page.waitForTimeout(1200)
}
