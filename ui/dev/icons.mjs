import { readFile, writeFile } from 'node:fs/promises'
import { chromium } from 'playwright-core'

// Draws the icons of the installed app from public/favicon.svg, whose strokes alone would be lost
// on a home screen: white on the product's purple, to the edge, with the drawing in the inner
// four fifths that every mask leaves (W3C Web App Manifest, "purpose"). `node dev/icons.mjs PATH-OF-CHROMIUM`.
const [executablePath] = process.argv.slice(2)
const mark = (await readFile('public/favicon.svg', 'utf8')).replace('#6a4fd0', '#ffffff')

const icons = [
  { name: 'icon-192.png', size: 192, inner: 0.56, round: 0.22 },
  { name: 'icon-512.png', size: 512, inner: 0.56, round: 0.22 },
  { name: 'icon-maskable-512.png', size: 512, inner: 0.5, round: 0 },
  { name: 'apple-touch-icon.png', size: 180, inner: 0.56, round: 0 },
]

const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox'],
})
const page = await browser.newPage()
for (const { name, size, inner, round } of icons) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<body style="margin:0;display:grid;place-items:center;height:100vh;background:none">
    <div style="display:grid;place-items:center;width:100%;height:100%;background:#5b40bd;border-radius:${round * size}px">
      <div style="width:${inner * size}px;height:${inner * size}px">${mark}</div>
    </div>`)
  await writeFile(`public/${name}`, await page.screenshot({ omitBackground: true }))
}
await browser.close()
