import { createHash } from 'node:crypto'

/** What git keeps of one repository, as its database holds it: blobs, trees of whole paths, commits, and refs that point to these. */
export interface GitData {
  readonly blobs: Map<string, string>
  readonly trees: Map<string, ReadonlyMap<string, string>>
  readonly commits: Map<
    string,
    { readonly tree: string; readonly parents: readonly string[]; readonly message: string }
  >
  readonly refs: Map<string, string>
  /** Refs that a rule keeps this token from moving. */
  readonly protected: Set<string>
}

export function newGitData(): GitData {
  return { blobs: new Map(), trees: new Map(), commits: new Map(), refs: new Map(), protected: new Set() }
}

/** The text of a file at the tip of a branch. */
export function fileAt({ git }: { readonly git: GitData }, branch: string, path: string): string | undefined {
  const tree = git.trees.get(git.commits.get(git.refs.get(`refs/heads/${branch}`) ?? '')?.tree ?? '')
  return git.blobs.get(tree?.get(path) ?? '')
}

/** The part of GitHub's state that this is about. */
interface State {
  readonly git: GitData
  nextId: number
}

interface Reply {
  readonly status: number
  readonly body?: unknown
}

interface Request {
  readonly path: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

type Handler = (request: Request, state: State) => Reply

const API = 'https://api.github.com/repos/octocat/hello-world/git'

function shaOf(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}

function refBody(ref: string, sha: string) {
  return {
    ref,
    node_id: ref,
    url: `${API}/${ref}`,
    object: { type: 'commit', sha, url: `${API}/commits/${sha}` },
  }
}

function missing(): Reply {
  return {
    status: 404,
    body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
  }
}

function unprocessable(message: string): Reply {
  return { status: 422, body: { message, documentation_url: 'https://docs.github.com/rest', status: '422' } }
}

function commitBody(git: GitData, sha: string) {
  const { tree, parents, message } = git.commits.get(sha)!
  const who = { name: 'A', email: 'a@example.org', date: '2026-01-01T00:00:00Z' }
  return {
    sha,
    node_id: sha,
    url: `${API}/commits/${sha}`,
    html_url: `${API}/commits/${sha}`,
    author: who,
    committer: who,
    tree: { sha: tree, url: `${API}/trees/${tree}` },
    message,
    parents: parents.map(parent => ({
      sha: parent,
      url: `${API}/commits/${parent}`,
      html_url: `${API}/commits/${parent}`,
    })),
    verification: { verified: false, reason: 'unsigned', payload: null, signature: null, verified_at: null },
  }
}

/** Whether a commit has another among its ancestors, as a fast-forward demands. */
function descends(git: GitData, from: string, ancestor: string): boolean {
  const queue = [from]
  for (let sha = queue.pop(); sha !== undefined; sha = queue.pop()) {
    if (sha === ancestor) return true
    queue.push(...(git.commits.get(sha)?.parents ?? []))
  }
  return false
}

/** GitHub's Git database: https://docs.github.com/rest/git. */
export const GIT_DATA: Readonly<Record<string, Handler>> = {
  'git/get-ref': ({ path }, { git }) => {
    const ref = `refs/${path.ref}`
    const sha = git.refs.get(ref)
    return sha === undefined ? missing() : { status: 200, body: refBody(ref, sha) }
  },
  'git/get-commit': ({ path }, { git }) =>
    git.commits.has(path.commit_sha!) ? { status: 200, body: commitBody(git, path.commit_sha!) } : missing(),
  'git/get-tree': ({ path }, { git }) => {
    const tree = git.trees.get(path.tree_sha!)
    if (!tree) return missing()
    const rows = [...tree].map(([file, sha]) => ({
      path: file,
      mode: '100644',
      type: 'blob',
      sha,
      size: git.blobs.get(sha)!.length,
      url: `${API}/blobs/${sha}`,
    }))
    return {
      status: 200,
      body: { sha: path.tree_sha, url: `${API}/trees/${path.tree_sha}`, tree: rows, truncated: false },
    }
  },
  'git/get-blob': ({ path }, { git }) => {
    const text = git.blobs.get(path.file_sha!)
    if (text === undefined) return missing()
    const content = Buffer.from(text).toString('base64')
    return {
      status: 200,
      body: {
        content,
        encoding: 'base64',
        url: `${API}/blobs/${path.file_sha}`,
        sha: path.file_sha,
        size: text.length,
        node_id: 'B',
      },
    }
  },
  'git/create-blob': ({ body }, { git }) => {
    const sha = shaOf(`blob ${String(body.content)}`)
    git.blobs.set(sha, String(body.content))
    return { status: 201, body: { sha, url: `${API}/blobs/${sha}` } }
  },
  'git/create-tree': ({ body }, { git }) => {
    const base =
      body.base_tree === undefined ? new Map<string, string>() : git.trees.get(String(body.base_tree))
    if (!base) return unprocessable('base_tree is not a valid tree sha')
    const files = new Map(base)
    for (const { path, content, sha: given } of body.tree as {
      path: string
      content: string
      sha?: string
    }[]) {
      const sha = given ?? shaOf(`blob ${content}`)
      if (given === undefined) git.blobs.set(sha, content)
      else if (!git.blobs.has(given)) return unprocessable('tree.sha is not a valid blob')
      files.set(path, sha)
    }
    const sha = shaOf(`tree ${JSON.stringify([...files])}`)
    git.trees.set(sha, files)
    return { status: 201, body: { sha, url: `${API}/trees/${sha}`, tree: [], truncated: false } }
  },
  'git/create-commit': ({ body }, state) => {
    const { git } = state
    const sha = shaOf(`commit ${JSON.stringify(body)} ${state.nextId++}`)
    git.commits.set(sha, {
      tree: String(body.tree),
      parents: (body.parents as string[] | undefined) ?? [],
      message: String(body.message),
    })
    return { status: 201, body: commitBody(git, sha) }
  },
  'git/create-ref': ({ body }, { git }) => {
    const ref = String(body.ref)
    if (git.refs.has(ref)) return unprocessable('Reference already exists')
    git.refs.set(ref, String(body.sha))
    return { status: 201, body: refBody(ref, String(body.sha)) }
  },
  'git/update-ref': ({ path, body }, { git }) => {
    const ref = `refs/${path.ref}`
    if (git.protected.has(ref)) return unprocessable('Repository rule violations found')
    const at = git.refs.get(ref)
    if (at === undefined) return unprocessable('Reference does not exist')
    if (body.force !== true && !descends(git, String(body.sha), at))
      return unprocessable('Update is not a fast forward')
    git.refs.set(ref, String(body.sha))
    return { status: 200, body: refBody(ref, String(body.sha)) }
  },
}
