// Between reading the app's modules and starting it, the browser may paint and answer a touch: on a
// slow phone both together would hold it up for a fifth of a second.
await new Promise<void>((resolve) => {
  setTimeout(resolve)
})

export {}
