// Holds the PostgreSQL of the folder named on the command line until SIGTERM.
import { startEmbedded } from '../../../server/db/embedded'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

async function main(): Promise<void> {
  const embedded = await startEmbedded(String(process.argv[2]), silent)
  const idle = setInterval(() => undefined, 60_000)
  process.once('SIGTERM', () => {
    void embedded.stop().then(() => clearInterval(idle))
  })
  process.stdout.write('ready\n')
}

void main()
