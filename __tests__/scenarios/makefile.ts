/** A plain Makefile that links the objects in the order given. */
export function makefile(sources: readonly string[], flags = '-O2'): string {
  return `CC = gcc
CFLAGS ?= ${flags}
OBJECTS = ${sources.map(name => `build/${name}.o`).join(' ')}
bench: $(OBJECTS) Makefile
	$(CC) $(OBJECTS) $(LDFLAGS) -o $@
build/%.o: src/%.c $(wildcard src/*.h) Makefile
	@mkdir -p build
	$(CC) $(CFLAGS) -c $< -o $@
`
}

/** What every C scenario that is built by make has in common. */
export const byMake = {
  needs: ['gcc', 'make'],
  build: 'make -s bench',
  run: './bench',
  binaries: ['bench'],
} as const
