import type { PickedPhoto, PickOptions } from './photos'

/** Lets the person take or choose photos; an empty list when they change their mind. */
export function pickPhotos({ count, from }: PickOptions): Promise<PickedPhoto[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/*'
    input.multiple = count > 1
    input.hidden = true
    if (from === 'camera') input.setAttribute('capture', 'environment')
    const finish = (files: File[]) => {
      input.remove()
      resolve(files.slice(0, count).map((file) => (
        { path: URL.createObjectURL(file), sizeBytes: file.size, file }
      )))
    }
    input.addEventListener('change', () => finish([...(input.files ?? [])]))
    input.addEventListener('cancel', () => finish([]))
    document.body.append(input)
    input.click()
  })
}
