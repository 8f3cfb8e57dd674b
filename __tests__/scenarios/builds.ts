import {
  coldFunction,
  coldSources,
  handlerNames,
  interleaved,
  machineSources,
  pushedHandlers,
} from './machine.ts'
import { makefile } from './makefile.ts'
import { type Scenario, type Tree, two, upTo } from './scenario.ts'

/** The placement story under other build systems and kinds of files. */

const [packed, page] = [40, 3936]
const hot = machineSources({ handlers: 40, rounds: 300_000 })

const placed = {
  needs: ['gcc', 'make'],
  build: 'make -s bench',
  run: './bench',
  binaries: ['bench'],
  countWith: './bench 20000',
  effect: { above: 1.15 },
  expect: {
    decision: 'slower',
    causes: ['placement'],
    suspects: { expected: pushedHandlers, allowed: [handlerNames, 'op_repeat', 'main', 'run_machine'] },
    displacers: ['cold_\\d\\d'],
  },
} as const

const library = `CC = gcc
CFLAGS ?= -O2
OBJECTS = ${interleaved(40)
  .map(name => `build/${name}.o`)
  .join(' ')}
all: bench
bench: src/bench.c lib/libmachine.so
	$(CC) $(CFLAGS) src/bench.c -o $@ -Llib -lmachine -Wl,-rpath,'$$ORIGIN/lib'
lib/libmachine.so: $(OBJECTS)
	@mkdir -p lib
	$(CC) -shared $(OBJECTS) $(LDFLAGS) -o $@
build/%.o: src/%.c src/machine.h Makefile
	@mkdir -p build
	$(CC) $(CFLAGS) -fPIC -fvisibility=hidden -c $< -o $@
`

const inLibrary: Tree = {
  ...hot,
  'src/main.c': hot['src/main.c']!.replace(
    'int main(',
    '__attribute__((visibility("default"))) int run_machine(',
  ),
  'src/bench.c':
    'int run_machine(int argc, char **argv);\nint main(int argc, char **argv) { return run_machine(argc, argv); }\n',
  Makefile: library,
}

const cmake = {
  'CMakeLists.txt': `cmake_minimum_required(VERSION 3.13)
project(machine C)
file(GLOB sources CONFIGURE_DEPENDS src/*.c)
add_executable(bench \${sources})
`,
}

/** Named so that they sort right behind the handler that they speak of. */
const messages: Tree = Object.fromEntries(
  upTo(40).map(i => [`src/op_${two(i)}_messages.c`, coldFunction(`cold_${two(i)}`, page)]),
)

const configure = `#!/bin/sh
# Looks at the compiler and writes the Makefile, as bigger ones do.
: "\${CC:=gcc}"
echo 'int main(void) { return 0; }' >conftest.c
if $CC -O2 conftest.c -o conftest && ./conftest; then echo "checking whether the compiler works... yes"; else echo no; exit 1; fi
rm -f conftest conftest.c
sed -e "s|@CC@|$CC|" -e "s|@CFLAGS@|\${CFLAGS:--O2}|" Makefile.in >Makefile
echo '#define HAVE_CONFIG 1' >config.h
`

const autotools: Tree = {
  ...hot,
  configure,
  'Makefile.in': makefile(interleaved(40))
    .replace('CC = gcc', 'CC = @CC@')
    .replace('CFLAGS ?= -O2', 'CFLAGS = @CFLAGS@ -I.'),
}

export const buildScenarios: readonly Scenario[] = [
  {
    ...placed,
    name: 'place-library',
    story: 'The hot code is in a shared library, and cold functions there grow.',
    base: { ...inLibrary, ...coldSources(40, packed) },
    head: { ...inLibrary, ...coldSources(40, page) },
    message: 'Longer messages in the library',
    build: 'make -s',
    binaries: ['bench', 'lib/libmachine.so'],
  },
  {
    ...placed,
    name: 'place-static',
    story: 'A static program without position independence, stripped, with the same story.',
    base: { ...hot, Makefile: makefile(interleaved(40)), ...coldSources(40, packed) },
    head: { ...hot, Makefile: makefile(interleaved(40)), ...coldSources(40, page) },
    message: 'Longer messages',
    build: 'make -s bench LDFLAGS="-static -no-pie"',
  },
  {
    ...placed,
    name: 'place-cmake',
    story: 'CMake collects sources by name; new files with messages sort between the hot ones.',
    needs: ['gcc', 'cmake', 'make'],
    base: { ...hot, ...cmake },
    head: { ...hot, ...cmake, ...messages },
    message: 'Messages for every opcode',
    build:
      'cmake -S . -B build -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER=gcc >build.log && cmake --build build >>build.log',
    run: './build/bench',
    binaries: ['build/bench'],
    countWith: './build/bench 20000',
    expect: { ...placed.expect, displacers: ['cold_\\d\\d', '.*_messages.*'] },
  },
  {
    ...placed,
    name: 'place-configure',
    story:
      'A configure script writes the Makefile; cold functions shrink by a line each, to a stride of a page.',
    base: { ...autotools, ...coldSources(40, page + 128) },
    head: { ...autotools, ...coldSources(40, page) },
    message: 'Shorter messages',
    build: './configure >configure.log && make -s bench',
  },
]
