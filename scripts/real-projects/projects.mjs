/**
 * Public projects of every build kind with changes whose cause is known. `base` is the commit that is changed; `prepare` edits it first
 * (a smaller workload), `add` lays files beside it, and the build finds `packages` of PyPI in `.packages`. A change is `edits` ([file,
 * text, its replacement]), `add`, or two commits of the project's own history (`from`, `to`). `expect` says which causes are right and what the report must name; no cause is expected of a
 * change that costs nothing.
 */
const LUA_STRINGS = `./lua -e 'local n = 0; for r = 1, 3 do for i = 1, 20000 do local s = "key" .. (i % 9000); n = n + #s end end print(n)'`
// The commit changes the syntax, too: `= t` before, `| t` after.
const LUA_VARARG = `./lua -e 'local rest = " t) return t[1] + t.n end" local f = (load("return function(... =" .. rest) or load("return function(... |" .. rest))() local n = 0 for i = 1, 150000 do n = n + f(i, i) end print(n)'`

const SPEED_TOML = `[package]
name = "speed"
version = "0.0.0"
edition = "2021"

[dependencies]
itoa = { path = ".." }

[profile.release]
debug = 1

[workspace]
`

const SPEED_RS = `use std::hint::black_box;

fn main() {
    let mut buffer = itoa::Buffer::new();
    let mut length = 0usize;
    for i in 0..1500000u64 {
        length += buffer.format(black_box(i.wrapping_mul(0x9e3779b97f4a7c15))).len();
    }
    println!("{length}");
}
`

const ONIG_C = `#include <stdio.h>
#include <string.h>
#include "oniguruma.h"

int main(void) {
  static char text[40001];
  for (int i = 0; i < 40000; i++) text[i] = "abcdefghij klmnop qrstuv wxyz 0123456789"[(i * 7 + i / 13) % 39];
  const char *patterns[] = {"[0-9]+[a-z]{2}q", "wxyz|0123", "(?:[a-f]+ )+k"};
  UChar *start = (UChar *)text, *end = start + 40000;
  long found = 0;
  for (int which = 0; which < 3; which++) {
    regex_t *reg;
    OnigErrorInfo info;
    UChar *pattern = (UChar *)patterns[which];
    if (onig_new(&reg, pattern, pattern + strlen(patterns[which]), ONIG_OPTION_DEFAULT, ONIG_ENCODING_ASCII,
                 ONIG_SYNTAX_DEFAULT, &info) != ONIG_NORMAL)
      return 1;
    OnigRegion *region = onig_region_new();
    for (UChar *at = start; at < end;) {
      int position = onig_search(reg, start, end, at, end, region, ONIG_OPTION_NONE);
      if (position < 0) break;
      found++;
      at = start + region->end[0] + (region->end[0] == position);
    }
    onig_region_free(region, 1);
    onig_free(reg);
  }
  printf("%ld\\n", found);
  return 0;
}
`

const GJSON_TEST = `package gjson

import "testing"

func BenchmarkGetName(b *testing.B) {
	for i := 0; i < b.N; i++ {
		if !Get(complicatedJSON, "happy.bingo").Exists() && !Valid(complicatedJSON) {
			b.Fatal("missing")
		}
	}
}
`

const PACK_PY = `import sys
sys.path.insert(0, ".")
from msgpack._cmsgpack import Packer, unpackb

value = {"id": list(range(60)), "name": ["alpha", "beta", "gamma"] * 12, "more": {"x": 1.5, "y": None, "z": [True, False] * 9}}
packer = Packer()
total = 0
for _ in range(1200):
    total += len(packer.pack(value))
print(total)
`

/** Cold code of some kilobytes in front of hot code: it moves that, and never runs. */
const PAD_C = `
static int pad_table[64];
void perf_verdict_pad(int n) {
  for (int i = 0; i < 64; i++) pad_table[i] = pad_table[(i + n) & 63] * n + i;
  if (n > 3) perf_verdict_pad(n - 1);
  for (int i = 0; i < 64; i++) pad_table[i] ^= pad_table[(i * n) & 63] + (n << (i & 7));
  if (n > 4) perf_verdict_pad(n - 2);
}
`
/** What a change of a few per cent is decided by, whatever the machine does meanwhile. */
const SMALL = { metric: 'instructions', threshold: '1%' }
export const PROJECTS = [
  {
    name: 'lua',
    kind: 'make',
    url: 'https://github.com/lua/lua',
    base: 'HEAD',
    needs: ['gcc', 'make'],
    build: 'make -s -j2 MYLIBS="-ldl" lua',
    bench: [['strings', LUA_STRINGS]],
    changes: [
      {
        name: 'unrelated',
        edits: [['lutf8lib.c', '#define iscont(c)', '/* continuation bytes */\n#define iscont(c)']],
        add: { NOTES: 'unrelated\n' },
        expect: { causes: [] },
      },
      {
        name: 'real',
        from: '25c54fe6^',
        to: '25c54fe6',
        bench: [['vararg', LUA_VARARG]],
        expect: { causes: ['work'], names: /luaV_execute|luaT_adjustvarargs|luaT_getvararg/ },
      },
      {
        name: 'more-work',
        edits: [
          [
            'lstring.c',
            '    h ^= ((h<<5) + (h>>2) + cast_byte(str[l - 1]));',
            '    { int k; for (k = 0; k < 6; k++) h ^= ((h<<5) + (h>>2) + cast_byte(str[l - 1]) + k); }',
          ],
        ],
        expect: { causes: ['work'], names: /luaS_hash|internshrstr/ },
      },
      {
        name: 'allocation',
        edits: [
          [
            'lvm.c',
            '        char buff[LUAI_MAXSHORTLEN];\n        copy2buff(top, n, buff);',
            '        char *buff = (char *)luaM_malloc_(L, 4096, 0);\n        copy2buff(top, n, buff);',
          ],
          [
            'lvm.c',
            '        ts = luaS_newlstr(L, buff, tl);\n',
            '        ts = luaS_newlstr(L, buff, tl);\n        luaM_freemem(L, buff, 4096);\n',
          ],
        ],
        expect: { causes: ['work'], names: /luaV_concat/, says: /allocat|free/ },
      },
      {
        name: 'flag',
        edits: [['makefile', 'CFLAGS= -Wall -O2', 'CFLAGS= -Wall -O0']],
        expect: { causes: ['codegen'], says: /makefile/ },
      },
      {
        name: 'define',
        ...SMALL,
        edits: [['makefile', '-std=c99 -DLUA_USE_LINUX', '-std=c99 -DLUA_USE_LINUX -DLUAI_ASSERT']],
        expect: { causes: ['work', 'codegen'], says: /makefile|lua_assert|LUAI_ASSERT/ },
      },
      {
        name: 'pad',
        edits: [['lapi.c', '/* test for pseudo index */', `${PAD_C}\n/* test for pseudo index */`]],
        expect: { causes: ['placement', 'mixed'] },
      },
    ],
  },
  {
    name: 'oniguruma',
    kind: 'autotools',
    ...SMALL,
    url: 'https://github.com/kkos/oniguruma',
    base: 'HEAD',
    needs: ['gcc', 'make', 'autoreconf', 'libtoolize'],
    add: { 'speed.c': ONIG_C },
    build:
      'test -x configure || autoreconf -fi; test -e Makefile || ./configure --disable-shared CFLAGS="-O2 -g"; make -s && gcc -O2 -g -Isrc speed.c src/.libs/libonig.a -o speed',
    bench: [['search', './speed']],
    changes: [
      {
        name: 'unrelated',
        edits: [['README.md', 'Oniguruma', 'Oniguruma (regular expressions)']],
        add: { 'src/regtrav.txt': 'x\n' },
        expect: { causes: [] },
      },
      { name: 'real', from: '32e688b^', to: '32e688b', expect: { causes: ['work'] } },
      {
        name: 'more-work',
        edits: [
          [
            'src/regexec.c',
            '    if (map[*s]) return (UChar* )s;\n\n    s += enclen(enc, s);',
            '    if (map[*s] && onigenc_is_mbc_newline_0x0a(s, text_range) >= 0) return (UChar* )s;\n\n    s += enclen(enc, s) + (onigenc_is_mbc_newline_0x0a(s, text_range) > 1);',
          ],
        ],
        expect: { causes: ['work'], names: /map_search|forward_search|onig_search/ },
      },
      {
        name: 'allocation',
        edits: [
          [
            'src/regexec.c',
            '  STACK_PUSH_BOTTOM(STK_ALT, FinishCode);',
            '  { char* volatile scratch = (char* )xmalloc(256); if (scratch) { xmemset(scratch, 0, 256); xfree(scratch); } }\n  STACK_PUSH_BOTTOM(STK_ALT, FinishCode);',
          ],
        ],
        expect: { causes: ['work'], names: /match_at/, says: /allocat|free/ },
      },
      {
        name: 'flag',
        edits: [['src/Makefile.am', 'AM_CFLAGS = -Wall', 'AM_CFLAGS = -Wall\noverride CFLAGS += -O0']],
        expect: { causes: ['codegen'], says: /Makefile\.am/ },
      },
      {
        name: 'pad',
        edits: [
          [
            'src/regexec.c',
            'extern int\nonig_match(regex_t* reg,',
            `${PAD_C}\nextern int\nonig_match(regex_t* reg,`,
          ],
        ],
        expect: { causes: ['placement', 'mixed'] },
      },
    ],
  },
  {
    name: 'snappy',
    kind: 'CMake',
    url: 'https://github.com/google/snappy',
    base: 'HEAD',
    needs: ['g++', 'cmake', '/usr/include/benchmark/benchmark.h'],
    prepare: [
      ['CMakeLists.txt', 'add_subdirectory("third_party/benchmark")', 'find_package(benchmark REQUIRED)'],
      ['CMakeLists.txt', /benchmark_main/g, 'benchmark::benchmark_main'],
    ],
    build:
      'cmake -S . -B build -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_STANDARD=17 -DSNAPPY_BUILD_TESTS=OFF > /dev/null && cmake --build build -j2 > /dev/null',
    bench: [
      [
        'snappy',
        "./build/snappy_benchmark --benchmark_filter='BM_(UFlat|ZFlat)/[01]/1$' --benchmark_min_time=0.1",
      ],
    ],
    changes: [
      {
        name: 'unrelated',
        edits: [['snappy-c.cc', '#include "snappy-c.h"', '// The C interface.\n#include "snappy-c.h"']],
        expect: { causes: [] },
      },
      {
        name: 'real',
        from: '8881ba1^',
        to: '8881ba1',
        expect: { causes: ['work'], names: /CompressFragment/ },
      },
      {
        name: 'more-work',
        edits: [
          [
            'snappy-internal.h',
            '  assert(s2_limit >= s2);\n  size_t matched = 0;',
            '  assert(s2_limit >= s2);\n  size_t matched = 0;\n  for (int i = 0; i < 12; i++) { volatile char seen = s1[i & 3]; (void)seen; }',
          ],
        ],
        expect: { causes: ['work'], names: /FindMatchLength|CompressFragment/ },
      },
      {
        name: 'allocation',
        edits: [
          [
            'snappy.cc',
            'static inline char* EmitLiteral(char* op, const char* literal, int len) {',
            'static inline char* EmitLiteral(char* op, const char* literal, int len) {\n  std::string copied(literal, len + 24);\n  literal = copied.data();',
          ],
        ],
        expect: { causes: ['work'], names: /EmitLiteral|CompressFragment/, says: /allocat|new|string/ },
      },
      {
        name: 'flag',
        edits: [
          [
            'CMakeLists.txt',
            'include(TestBigEndian)',
            'include(TestBigEndian)\nset(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g -DNDEBUG")',
          ],
        ],
        expect: { causes: ['codegen'], says: /CMakeLists/ },
      },
      {
        name: 'pad',
        edits: [
          [
            'snappy.cc',
            'bool GetUncompressedLength(const char* start',
            `}\nextern "C" {${PAD_C}}\nnamespace snappy {\nbool GetUncompressedLength(const char* start`,
          ],
        ],
        expect: { causes: ['placement', 'mixed'] },
      },
    ],
  },
  {
    name: 'libxkbcommon',
    kind: 'Meson',
    url: 'https://github.com/xkbcommon/libxkbcommon',
    base: 'HEAD',
    needs: ['gcc', 'python3', 'ninja', 'bison'],
    prepare: [['bench/compose.c', 'BENCHMARK_ITERATIONS 1000', 'BENCHMARK_ITERATIONS 6']],
    // It needs a newer Meson than distributions have.
    packages: ['meson==1.9.1'],
    build:
      'export PYTHONPATH=$PWD/.packages; test -e build || python3 .packages/bin/meson setup build -Dbuildtype=debugoptimized -Denable-x11=false -Denable-wayland=false -Denable-xkbregistry=false -Denable-bash-completion=false -Ddefault_library=static > /dev/null; (ninja -C build bench/compose || ninja -C build bench-compose) > /dev/null; cp build/bench/compose speed 2> /dev/null || cp build/bench-compose speed',
    bench: [['compose', 'top_srcdir=. ./speed']],
    changes: [
      {
        name: 'unrelated',
        edits: [['src/registry.c', '#include "config.h"', '/* The registry. */\n#include "config.h"']],
        expect: { causes: [] },
      },
      {
        name: 'real',
        from: '36b86d91^',
        to: '36b86d91',
        expect: { causes: ['work'], names: /keysym_name_perfect_hash|xkb_keysym_from_name/ },
      },
      {
        name: 'more-work',
        edits: [
          [
            'src/scanner-utils.h',
            "    if (unlikely(s->pos >= s->len))\n        return '\\0';",
            "    for (int i = 0; i < 5; i++) { volatile size_t at = s->pos; (void) at; }\n    if (unlikely(s->pos >= s->len))\n        return '\\0';",
          ],
        ],
        expect: { causes: ['work'], names: /scanner_peek|lex|parse/ },
      },
      {
        name: 'allocation',
        edits: [
          [
            'src/keysym.c',
            '    if (!icase) {\n        size_t pos',
            '    if (!icase) {\n        char *copy = strdup(name);\n        if (!copy) return XKB_KEY_NoSymbol;\n        size_t length = strlen(copy);\n        free(copy);\n        if (length > 1000) return XKB_KEY_NoSymbol;\n        size_t pos',
          ],
        ],
        expect: { causes: ['work'], names: /xkb_keysym_from_name/, says: /allocat|free|strdup/ },
      },
      {
        name: 'flag',
        edits: [
          ['meson.build', 'project(\n', 'project(\n'],
          [
            'meson.build',
            "cc = meson.get_compiler('c')",
            "cc = meson.get_compiler('c')\nadd_project_arguments('-O0', language: 'c')",
          ],
        ],
        expect: { causes: ['codegen'], says: /meson\.build/ },
      },
      {
        name: 'pad',
        edits: [
          [
            'src/keysym.c',
            'xkb_keysym_t\nxkb_keysym_from_name(',
            `${PAD_C}\nxkb_keysym_t\nxkb_keysym_from_name(`,
          ],
        ],
        expect: { causes: ['placement', 'mixed'] },
      },
    ],
  },
  {
    name: 'itoa',
    kind: 'cargo',
    url: 'https://github.com/dtolnay/itoa',
    base: 'HEAD',
    needs: ['cargo'],
    add: { 'speed/Cargo.toml': SPEED_TOML, 'speed/src/main.rs': SPEED_RS },
    build: 'cd speed && cargo build --release --offline --quiet',
    bench: [['format', './speed/target/release/speed']],
    changes: [
      { name: 'unrelated', edits: [['README.md', 'itoa', 'itoa (integers)']], expect: { causes: [] } },
      {
        name: 'real',
        from: 'bae1746^',
        to: 'bae1746',
        expect: { causes: ['work', 'branches'], names: /fmt|format|divmod100|main/ },
      },
      {
        name: 'more-work',
        edits: [
          [
            'src/lib.rs',
            '                    offset -= 4;\n',
            '                    offset -= 4;\n                    for i in 0..6u32 { let _ = core::hint::black_box(i); }\n',
          ],
        ],
        expect: { causes: ['work'], names: /fmt|format|main/ },
      },
      {
        name: 'allocation',
        edits: [
          ['src/lib.rs', 'mod u128_ext;', 'extern crate std;\nmod u128_ext;'],
          [
            'src/lib.rs',
            'let mut offset = buf.len();\n',
            'let mut offset = buf.len();\n                core::hint::black_box(std::vec![1u8; 64]);\n',
          ],
        ],
        expect: { causes: ['work'], names: /fmt|format|main/, says: /allocat/ },
      },
      {
        name: 'flag',
        edits: [['speed/Cargo.toml', 'debug = 1', 'debug = 1\nopt-level = 1']],
        expect: { causes: ['codegen'], says: /Cargo\.toml/ },
      },
      {
        name: 'pad',
        edits: [
          [
            'speed/src/main.rs',
            'fn main() {',
            '#[no_mangle]\n#[inline(never)]\npub extern "C" fn perf_verdict_pad(n: u32) -> u32 {\n    let mut t = [0u32; 64];\n    for i in 0..64u32 { t[i as usize] = black_box(n).wrapping_mul(i); }\n    if n > 3 { perf_verdict_pad(n - 1) } else { t[(n & 63) as usize] }\n}\n\nfn main() {\n    if std::env::args().count() > 5 { println!("{}", perf_verdict_pad(9)); }',
          ],
        ],
        expect: { causes: ['placement', 'mixed'] },
      },
    ],
  },
  {
    name: 'gjson',
    kind: 'go',
    // Its harness prints no processor time.
    metric: 'time',
    url: 'https://github.com/tidwall/gjson',
    base: 'HEAD',
    needs: ['go'],
    add: { 'speed_test.go': GJSON_TEST },
    build: 'go test -c -o gjson.test .',
    bench: [['gjson', './gjson.test -test.run NONE -test.bench GetName']],
    changes: [
      { name: 'unrelated', edits: [['README.md', 'GJSON', 'GJSON (Go)']], expect: { causes: [] } },
      {
        name: 'real',
        from: '133f42c^',
        to: '133f42c',
        expect: { causes: ['work'], names: /parseObject|parseString|Get/ },
      },
      {
        name: 'more-work',
        edits: [
          [
            'gjson.go',
            'func validcolon(data []byte, i int) (outi int, ok bool) {',
            'func validcolon(data []byte, i int) (outi int, ok bool) {\n\tfor j := 0; j < i; j++ {\n\t\tif data[j] == 0 {\n\t\t\treturn i, false\n\t\t}\n\t}',
          ],
        ],
        expect: { causes: ['work'], names: /validcolon|validobject/ },
      },
      {
        name: 'allocation',
        edits: [
          [
            'gjson.go',
            'func validstring(data []byte, i int) (outi int, ok bool) {',
            'var perfVerdictKept []byte\n\nfunc validstring(data []byte, i int) (outi int, ok bool) {\n\tperfVerdictKept = make([]byte, 48)',
          ],
        ],
        expect: {
          causes: ['work'],
          names: /validstring|validany|validobject/,
          says: /allocat|mallocgc|collect/,
        },
      },
      {
        name: 'flag',
        build: 'go test -c -o gjson.test $(cat go.flags 2>/dev/null || true) .',
        add: { 'go.flags': '-gcflags=-N\n' },
        expect: { causes: ['codegen', 'work'], says: /go\.flags/ },
      },
      {
        name: 'pad',
        edits: [
          [
            'gjson.go',
            'func squash(json string) string {',
            'var PerfVerdictPad [64]int\n\nfunc PerfVerdictCold(n int) {\n\tfor i := range PerfVerdictPad {\n\t\tPerfVerdictPad[i] = PerfVerdictPad[(i+n)&63]*n + i\n\t}\n\tif n > 3 {\n\t\tPerfVerdictCold(n - 1)\n\t}\n}\n\nfunc squash(json string) string {',
          ],
        ],
        expect: { causes: ['placement', 'mixed'] },
      },
    ],
  },
  {
    name: 'msgpack-python',
    kind: 'Cython',
    url: 'https://github.com/msgpack/msgpack-python',
    base: 'HEAD',
    needs: ['gcc', 'python3'],
    add: { 'speed.py': PACK_PY },
    // It needs a newer Cython than distributions have, and a newer setuptools.
    packages: ['Cython==3.1.4', 'setuptools==80.9.0'],
    build:
      'PYTHONPATH=.packages python3 -m cython -3 msgpack/_cmsgpack.pyx && PYTHONPATH=.packages python3 setup.py -q build_ext --inplace',
    bench: [['pack', 'python3 speed.py']],
    changes: [
      {
        name: 'unrelated',
        edits: [['README.md', 'MessagePack', 'MessagePack (fast)']],
        expect: { causes: [] },
      },
      { name: 'real', from: '951995e^', to: '951995e', expect: { causes: ['work', 'codegen'] } },
      {
        name: 'more-work',
        edits: [
          [
            'msgpack/_packer.pyx',
            '        nest_limit -= 1\n',
            '        nest_limit -= 1\n        for unused in range(o.__sizeof__() // 2):\n            nest_limit += (unused & 1) - (unused & 1)\n',
          ],
        ],
        expect: { causes: ['work'], names: /_pack/ },
      },
      {
        name: 'allocation',
        edits: [
          [
            'msgpack/_packer.pyx',
            '        nest_limit -= 1\n',
            '        nest_limit -= 1\n        spare = [o, nest_limit + 100000]\n        if len(spare) == 7:\n            return 1\n',
          ],
        ],
        expect: { causes: ['work'], names: /_pack/, says: /allocat|PyList_New|alloc/ },
      },
      {
        name: 'flag',
        edits: [
          [
            'setup.py',
            '            define_macros=macros,\n',
            '            define_macros=macros,\n            extra_compile_args=["-O0"],\n',
          ],
        ],
        expect: { causes: ['codegen'], says: /setup\.py/ },
      },
      {
        name: 'template',
        edits: [
          [
            'msgpack/pack_template.h',
            '#define msgpack_pack_real_int64(x, d) \\\ndo { \\\n',
            '#define msgpack_pack_real_int64(x, d) \\\ndo { \\\n    for (volatile int spin = 0; spin < 40; spin++) {} \\\n',
          ],
        ],
        expect: { causes: ['work'], names: /pack/ },
      },
    ],
  },
]
