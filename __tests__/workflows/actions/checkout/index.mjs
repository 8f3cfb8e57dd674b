import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Fetches as actions/checkout does (git-source-provider.ts, ref-helper.ts): init, remote, fetch of refs, detached checkout. */
const { env } = process
const input = name => env[`INPUT_${name.toUpperCase()}`] ?? ''
const folder = resolve(env.GITHUB_WORKSPACE, input('path'))
mkdirSync(folder, { recursive: true })
const git = (...args) => execFileSync('git', ['-C', folder, ...args], { stdio: 'inherit' })
const own = input('repository') === env.GITHUB_REPOSITORY
const ref = input('ref') || (own ? env.GITHUB_REF : 'HEAD')
const address = new URL(`${input('repository')}.git`, `${env.GITHUB_SERVER_URL}/`).href
const whole = input('fetch-depth') === '0'

git('init', '--quiet', '.')
git('remote', 'add', 'origin', address)
if (input('persist-credentials') === 'true') {
  const basic = Buffer.from(`x-access-token:${input('token')}`).toString('base64')
  git('config', '--local', `http.${env.GITHUB_SERVER_URL}/.extraheader`, `AUTHORIZATION: basic ${basic}`)
}
const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
const pull = /^refs\/pull\/(.+)$/.exec(ref)?.[1]
const tag = own ? undefined : ref
const [from, to] = branch
  ? [ref, `refs/remotes/origin/${branch}`]
  : pull
    ? [ref, `refs/remotes/pull/${pull}`]
    : [tag ?? ref, 'refs/remotes/origin/fetched']
const specs = whole
  ? ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*', `+${from}:${to}`]
  : [`+${from}:${to}`]
git(
  'fetch',
  '--quiet',
  '--no-recurse-submodules',
  ...(whole ? [] : ['--no-tags', '--depth=1']),
  'origin',
  ...specs,
)
git('checkout', '--quiet', '--force', '--detach', to)
console.log(`checked out ${ref} into ${join(folder, '.')}`)
