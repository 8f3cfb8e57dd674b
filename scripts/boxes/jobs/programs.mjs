import { spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A program with a hot loop of its own file, a cold function in front of it, and a function that never runs. */
export const program = ({ rounds, cold = 4, message = 'ready' }) => ({
  Makefile: [
    'CFLAGS = -O2 -g',
    'bench: main.o cold.o hot.o',
    '\t$(CC) -o $@ main.o cold.o hot.o',
    'clean:',
    '\trm -f bench *.o',
    '',
  ].join('\n'),
  'main.c': `#include <stdio.h>
unsigned hot(unsigned rounds);
void cold(unsigned value);
int main(int count, char **words) {
  unsigned sum = hot(${rounds});
  if (count > 9) cold(sum);
  printf("${message} %u\\n", sum);
  return 0;
}
`,
  'cold.c': `#include <stdio.h>
void cold(unsigned value) {
${Array.from({ length: cold }, (_, i) => `  printf("cold ${i}: %u\\n", value * ${i + 3}u);`).join('\n')}
}
`,
  'hot.c': `__attribute__((noinline)) static unsigned mix(unsigned value) {
  return (value ^ (value >> 7)) * 2654435761u + 12345u;
}
unsigned hot(unsigned rounds) {
  unsigned sum = 1;
  for (unsigned r = 0; r < rounds; r++)
    for (unsigned i = 0; i < 1000; i++) sum += mix(sum + i);
  return sum;
}
`,
})

/** A repository of one user with a branch for each named tree, each a commit upon `main`. */
export function makeRepository(folder, { main, ...branches }, owner) {
  mkdirSync(folder, { recursive: true })
  const git = (...args) =>
    must('git', ['-C', folder, '-c', 'user.name=Box', '-c', 'user.email=box@example.invalid', ...args])
  git('init', '--quiet', '--initial-branch=main')
  commit(folder, git, main, 'A program')
  for (const [branch, tree] of Object.entries(branches)) {
    git('switch', '--quiet', '--create', branch, 'main')
    commit(folder, git, tree, `The program as of ${branch}`)
  }
  git('switch', '--quiet', 'main')
  if (owner !== undefined) {
    chownSync(folder, owner, owner)
    for (const path of readdirSync(folder, { recursive: true })) chownSync(join(folder, path), owner, owner)
  }
  return folder
}

function commit(folder, git, tree, message) {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git('add', '--all')
  git('commit', '--quiet', '--message', message)
}

function must(file, args) {
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed: ${stderr}`)
}
