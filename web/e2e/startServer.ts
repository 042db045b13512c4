import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const ready_timeout_ms = 90_000
const stop_timeout_ms = 15_000

const freePort = () =>
  new Promise<number>((done, failed) => {
    const probe = createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? done(address.port) : failed(new Error('no port'))))
    })
  })

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** The small test model on one local engine; JSON is YAML. */
function configuration(): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const model = join(cache, 'siyu/models/smollm2-135m-instruct-q4_1.gguf')
  const command = [join(root, '.tools/venv/bin/python'), join(root, 'engines/llama/serve.py'), '--model', model, '--context', '4096', '--slots', '2']
  return JSON.stringify({ engines: [{ name: 'local', command, models: ['smollm2-135m-instruct'] }] })
}

async function waitReady(server: ChildProcess, url: string, log: string) {
  for (const end = Date.now() + ready_timeout_ms; Date.now() < end; await pause(200)) {
    if (server.exitCode !== null) throw new Error(`siyu ended with status ${server.exitCode}:\n${readFileSync(log, 'utf8').slice(-4_000)}`)
    const ready = await fetch(`${url}/health/ready`).then((answer) => answer.ok, () => false)
    if (ready) return
  }
  throw new Error(`siyu is not ready after ${ready_timeout_ms} ms:\n${readFileSync(log, 'utf8').slice(-4_000)}`)
}

async function stop(server: ChildProcess) {
  if (server.exitCode !== null) return
  const ended = new Promise((done) => server.once('exit', done))
  server.kill('SIGTERM')
  await Promise.race([ended, pause(stop_timeout_ms).then(() => server.kill('SIGKILL'))])
}

/** Starts the real server unless SIYU_URL names one that runs; returns how to stop it. */
export default async function startServer() {
  if (process.env.SIYU_URL) return
  const binary = join(root, 'build', process.env.SIYU_PRESET ?? 'asan', 'siyu')
  if (!existsSync(binary)) throw new Error(`${binary} is not built`)
  const directory = mkdtempSync(join(tmpdir(), 'siyu-e2e-'))
  const [data, config, log] = [join(directory, 'data'), join(directory, 'siyu.yaml'), join(directory, 'server.log')]
  writeFileSync(config, configuration())
  const url = `http://127.0.0.1:${await freePort()}`
  const output = createWriteStream(log)
  const server = spawn(binary, ['serve', '--data', data, '--listen', url.slice('http://'.length), '--config', config], { stdio: ['ignore', 'pipe', 'pipe'] })
  server.stdout.pipe(output)
  server.stderr.pipe(output)
  const finish = async () => {
    await stop(server)
    if (process.env.SIYU_KEEP !== '1') rmSync(directory, { recursive: true, force: true })
  }
  try {
    await waitReady(server, url, log)
    const link = readFileSync(join(data, 'first-admin.url'), 'utf8').trim()
    process.env.SIYU_URL = url
    process.env.SIYU_SETUP_URL = url + link.slice(new URL(link).origin.length)
  } catch (error) {
    await finish()
    throw error
  }
  return finish
}
