/** Reading a page aloud by the browser's own voice; nothing leaves the phone. */

const LANGUAGE = 'zh-CN'
/** A little slower than speech: who listens is looking for the place on the page as well. */
const RATE = 0.9
/** Apart from what is read: pictures of words, and what every page has. */
const SKIPPED = '[aria-hidden="true"], [lang]:not([lang|="zh"]), .elder-bar, .help-line, .unseen'
const BLOCKS = 'h1, h2, h3, p, li, dt, dd, legend, label, button, .steps-text'

const voices = () => ('speechSynthesis' in window ? window.speechSynthesis.getVoices() : [])
const isChinese = ({ lang }: SpeechSynthesisVoice) => /^(zh|cmn)/i.test(lang)

/** Tells whether there is a Chinese voice, at once and when voices come; returns how to stop. */
export function watchVoice(tell: (there: boolean) => void): () => void {
  const look = () => tell(voices().some(isChinese))
  look()
  if (!('speechSynthesis' in window)) return () => undefined
  window.speechSynthesis.addEventListener('voiceschanged', look)
  return () => window.speechSynthesis.removeEventListener('voiceschanged', look)
}

let round = 0

/** Reads the page in sight. @param ended  called once it is read to its end, or cannot be read */
export function readPage(ended: () => void): void {
  const parts = wordsInSight()
  if (parts.length === 0) return ended()
  stopReading()
  const mine = round
  const end = () => {
    if (mine === round) ended()
  }
  // One utterance a block: browsers cut off a long one after some seconds.
  parts.forEach((text, n) => {
    const one = new SpeechSynthesisUtterance(text)
    one.lang = LANGUAGE
    one.rate = RATE
    one.voice = voices().find(isChinese) ?? null
    if (n === parts.length - 1) one.onend = end
    one.onerror = end
    window.speechSynthesis.speak(one)
  })
}

/** Stops reading. */
export function stopReading(): void {
  round += 1 // what was begun before ends unheard
  if ('speechSynthesis' in window) window.speechSynthesis.cancel()
}

/** The text of the page's main part, block by block, as it stands. */
function wordsInSight(): string[] {
  const mains = [...document.querySelectorAll<HTMLElement>('.page-main')]
  const main = mains.find((one) => one.offsetParent !== null)
  if (!main) return []
  return [...main.querySelectorAll<HTMLElement>(BLOCKS)]
    .filter((one) => !one.closest(SKIPPED) && !one.parentElement?.closest(BLOCKS))
    .map(textOf)
    .filter((text) => text !== '')
}

function textOf(block: HTMLElement): string {
  const copy = block.cloneNode(true) as HTMLElement // a copy of an element is one
  copy.querySelectorAll(SKIPPED).forEach((one) => one.remove())
  return [...copy.childNodes].map(({ textContent }) => textContent?.trim() ?? '')
    .filter((text) => text !== '').join('，')
}
