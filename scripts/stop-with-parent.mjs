// Preloaded into the processes start.mjs starts. They hold the reading end of a pipe from it: when
// that ends, the launcher is gone, even by kill -9, and nobody is left to stop them.
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'))
process.stdin.on('error', () => process.kill(process.pid, 'SIGTERM'))
process.stdin.resume()
process.stdin.unref()
