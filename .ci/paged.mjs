// Opens books in foliate-js and turns every page; see .ci/paged.
import { createServer } from 'node:http'
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const [out, theme, ...books] = process.argv.slice(2)
const root = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/foliate-js')
const types = { '.js': 'text/javascript', '.html': 'text/html', '.epub': 'application/epub+zip' }
const PAGE = '<!doctype html><meta charset="utf-8"><style>html,body{margin:0;height:100%}'
  + 'foliate-view{display:block;height:100vh}</style><body></body>'

const server = createServer(async (request, response) => {
  const path = decodeURIComponent(request.url.split('?')[0])
  try {
    const book = path.match(/^\/book\/(\d+)$/)
    const body = path === '/' ? PAGE
      : await readFile(book ? books[Number(book[1])] : join(root, path))
    const type = path === '/' ? 'text/html' : book ? types['.epub'] : types[extname(path)]
    response.writeHead(200, { 'content-type': type ?? 'application/octet-stream' })
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
})
await new Promise(done => server.listen(0, '127.0.0.1', done))
const address = `http://127.0.0.1:${server.address().port}`
const browser = await puppeteer.launch({
  headless: true,
  executablePath: process.env.PUPPETEER_EXECUTABLE_PATH,
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
})

async function opened(number, wrong) {
  const page = await browser.newPage()
  page.on('pageerror', error => wrong.push(`error: ${error.message}`))
  page.on('requestfailed', request => wrong.push(`not loaded: ${request.url().slice(0, 80)}`))
  page.on('request', request => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(address)) {
      wrong.push(`asked for ${request.url()}`)
    }
  })
  await page.setViewport({ width: 480, height: 720 })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
  await page.goto(`${address}/`)
  await page.evaluate(async (url, dark) => {
    await import('/view.js')
    const blob = await (await fetch(url)).blob()
    const view = document.createElement('foliate-view')
    document.body.append(view)
    if (dark) document.body.style.background = '#111'
    const solid = text => text.replace(/\s+/gu, '')
    window.shown = []
    window.turned = 0
    await view.open(new File([blob], 'book.epub'))
    view.renderer.setStyles?.(dark
      ? 'html { color-scheme: dark; color: #ddd !important; background: none !important; }' : '')
    view.addEventListener('relocate', ({ detail }) => {
      window.turned += 1
      const index = view.renderer.getContents()[0]?.index
      window.place = { index, page: view.renderer.page, text: solid(detail.range?.toString() ?? '') }
    })
    window.view = view
    window.whole = async index => {
      const doc = await view.book.sections[index].createDocument()
      return solid(doc.body?.textContent ?? '')
    }
  }, `/book/${number}`, theme === 'dark')
  return page
}

// Turns the pages of a book; returns what each section's pages showed.
async function turned(page, name) {
  const shown = new Map()
  let pages = 0
  await page.evaluate(() => window.view.goTo(0))
  for (;;) {
    // A face that arrives late moves the words.
    await page.evaluate(async () => {
      await window.view.renderer.getContents()[0]?.doc.fonts.ready
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
    })
    const place = await page.evaluate(() => window.place)
    if (place?.index !== undefined) {
      if (!shown.has(place.index)) shown.set(place.index, new Map())
      shown.get(place.index).set(place.page, place.text)
    }
    pages += 1
    if (pages <= 12) await page.screenshot({ path: join(out, `${name}-${theme}-${String(pages).padStart(2, '0')}.png`) })
    const before = await page.evaluate(() => window.turned)
    await page.evaluate(() => window.view.next())
    // At the end of a book nothing turns any more.
    const moved = await page.waitForFunction(n => window.turned > n, { timeout: 1500, polling: 10 }, before)
      .catch(() => null)
    if (!moved || pages > 5000) break
  }
  return { shown, pages }
}

mkdirSync(out, { recursive: true })
let bad = false
for (const [number, book] of books.entries()) {
  const wrong = []
  const page = await opened(number, wrong)
  const { shown, pages } = await turned(page, basename(book, '.epub'))
  let characters = 0
  for (const [index, texts] of shown) {
    const whole = await page.evaluate(at => window.whole(at), index)
    characters += whole.length
    // What a page shows begins where the one before ended, or a little before that.
    let covered = 0
    for (const text of texts.values()) {
      const at = whole.lastIndexOf(text, covered)
      if (at >= 0) covered = Math.max(covered, at + text.length)
    }
    if (covered < whole.length) {
      wrong.push(`document ${index}: “${whole.slice(covered, covered + 20)}” is not shown`)
    }
  }
  const sections = await page.evaluate(() => window.view.book.sections.length)
  if (shown.size !== sections) wrong.push(`${shown.size} of ${sections} documents opened`)
  const faces = await page.evaluate(() => {
    const doc = window.view.renderer.getContents()[0].doc
    return [...doc.fonts].filter(face => face.status === 'error').map(face => face.family)
  })
  if (faces.length) wrong.push(`faces not loaded: ${faces}`)
  console.log(`${book} (${theme}): ${pages} pages, ${characters} characters`)
  wrong.forEach(line => console.log(`  ${line}`))
  bad ||= wrong.length > 0
  await page.close()
}
await browser.close()
server.close()
process.exit(bad ? 1 : 0)
