import { expect, test } from '@jest/globals'
import { isAllocator, runtimeFamily } from '../../../src/core/evidence/runtime-family.ts'

test.each([
  ['malloc', 'allocation'],
  ['__libc_calloc', 'allocation'],
  ['cfree@GLIBC_2.2.5', 'allocation'],
  ['_int_free', 'allocation'],
  ['unlink_chunk.constprop.0', 'allocation'],
  ['_Znwm', 'allocation'],
  ['_ZdaPv', 'allocation'],
  ['_ZdlPvm', 'allocation'],
  ['je_malloc', 'allocation'],
  ['_mi_page_malloc', 'allocation'],
  ['mi_heap_malloc_zero', 'allocation'],
  ['__rust_alloc', 'allocation'],
  ['_RNvCs1a2b3c_7___rustc12___rust_alloc', 'allocation'],
  ['_ZN5alloc7raw_vec19RawVec$LT$T$C$A$GT$8grow_one17h0123456789abcdefE', 'allocation'],
  ['runtime.mallocgc', 'allocation'],
  ['runtime.mallocgcSmallNoscan', 'allocation'],
  ['runtime.makeslice', 'allocation'],
  ['runtime.(*mcache).nextFree', 'allocation'],
  ['_PyObject_Malloc', 'allocation'],
  ['PyObject_Free', 'allocation'],
  ['_PyObject_GC_New', 'allocation'],
  ['runtime.gcBgMarkWorker', 'collection'],
  ['runtime.gcDrain', 'collection'],
  ['runtime.scanobject', 'collection'],
  ['runtime.(*sweepLocked).sweep', 'collection'],
  ['deduce_unreachable', 'collection'],
  ['gc_collect_main', 'collection'],
  ['memcpy@GLIBC_2.14', 'copying'],
  ['__memmove_avx512_unaligned_erms', 'copying'],
  ['__memset_evex_unaligned', 'copying'],
  ['runtime.memmove', 'copying'],
] as const)('%s is there for %s', (symbol, family) => {
  expect(runtimeFamily(symbol)).toBe(family)
})

test.each([
  'main',
  'parse',
  'freeze',
  'memory_usage',
  'memcmp',
  'allocate_seats',
  'main.malloc_like',
  'runtime.schedule',
  '_ZN4game3newEv',
  'gcd',
  'je_suis',
  'mid_point',
])('%s belongs to the program', symbol => {
  expect(runtimeFamily(symbol)).toBeUndefined()
})

test('each entry of an allocator is one allocation, and those of its parts are none', () => {
  expect(['malloc', 'calloc', 'runtime.mallocgc', '_PyObject_Malloc'].every(isAllocator)).toBe(true)
  expect(['_int_malloc', 'free', 'realloc', '_Znwm', 'runtime.makeslice'].some(isAllocator)).toBe(false)
})
