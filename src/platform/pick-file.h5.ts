import type { PickedFile } from './pick-file'

/** Lets the person choose a file of this device; undefined when they change their mind. */
export function pickFile(endings: readonly string[]): Promise<PickedFile | undefined> {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = endings.map((ending) => `.${ending}`).join()
    input.hidden = true
    const finish = (file: File | undefined) => {
      input.remove()
      if (!file) resolve(undefined)
      else file.arrayBuffer().then((bytes) => resolve({ name: file.name, bytes }), reject)
    }
    input.addEventListener('change', () => finish(input.files?.[0]))
    input.addEventListener('cancel', () => finish(undefined))
    document.body.append(input)
    input.click()
  })
}
