import { normaliseName } from '../elf/names.ts'
import { sourceName } from '../placement/source-name.ts'

/** What a function of a language's runtime or of a memory library is there for. */
export type RuntimeFamily = 'allocation' | 'collection' | 'copying'

/** Entries that hand out one block a call: how often they are entered is the number of allocations. */
const ALLOCATES =
  /^(?:__libc_|__GI___libc_|je_|jemalloc_|tc_|rpm?)?(?:malloc|calloc|memalign|aligned_alloc|valloc|posix_memalign)$|^(?:je_)?mallocx$|^mi_(?:heap_)?(?:malloc|zalloc|calloc|new)\w*$|^runtime\.mallocgc$|^_?Py(?:Object|Mem)_(?:Malloc|Calloc)$|^GC_(?:malloc\w*|generic_malloc\w*)$|^g_slice_alloc$/

const ALLOCATION = [
  // glibc, musl, and the replacements of malloc.
  /^(?:__libc_|__GI___libc_|__GI_|je_|jemalloc_|tc_|rp)?(?:malloc|calloc|realloc|reallocarray|free|cfree|memalign|aligned_alloc|valloc|pvalloc|posix_memalign|malloc_usable_size)$/,
  /^(?:_int_(?:malloc|free|realloc|memalign)\w*|malloc_consolidate|unlink_chunk|sysmalloc\w*|systrim|tcache_\w+|arena_get\w*|ptmalloc_\w+|alloc_perturb|free_perturb|__malloc_\w+|__libc_(?:malloc|free|calloc|realloc)\w*)/,
  /^(?:je_\w*(?:alloc|free|arena|tcache|extent|slab|edata|large|emap|bin_)|_?mi_(?:\w*alloc|\w*free|page|segment|heap|thread|new|bin|block)|tcmalloc|TCMalloc|rpmalloc|rpfree|sn_malloc|GC_malloc|GC_free|GC_generic_malloc)\w*/,
  /^(?:arena_(?:malloc|ralloc|palloc|dalloc)|tcache_alloc|large_(?:malloc|dalloc))\w*/,
  // Rust's, by their source names.
  /^(?:__rust_(?:alloc|dealloc|realloc|alloc_zeroed|no_alloc_shim\w*)|__rdl_\w+|__rg_\w+)$/,
  // Go's runtime.
  /^runtime\.(?:mallocgc\w*|newobject|newarray|makeslice\w*|makechan\w*|makemap\w*|growslice|nextFreeFast|memclrNoHeapPointers\w*|heapSetType\w*|publicationBarrier|deductAssistCredit|profilealloc|rawstring\w*|rawbyteslice|nextslicecap|roundupsize|\(\*m(?:cache|central|span|heap|spanList)\)\.\w+|\(\*fixalloc\)\.\w+|\(\*pageAlloc\)\.\w+)$/,
  // CPython's object and memory interfaces.
  /^(?:_?Py(?:Object|Mem)_(?:Raw)?(?:Malloc|Calloc|Realloc|Free)|_Py(?:Mem|Object)_\w*(?:Malloc|Calloc|Realloc|Free|Alloc)\w*|_PyObject_(?:GC_)?New\w*|PyType_GenericAlloc|_PyType_AllocNoTrack|_PyObject_GC_(?:Alloc|Malloc|Resize)|PyObject_GC_Del|pymalloc_\w+|new_arena|gc_alloc|insert_to_\w+pool|arena_map_\w+)$/,
  /^(?:g_malloc\w*|g_slice_\w+|g_free\w*|xmalloc|xfree)$/,
]

const COLLECTION = [
  /^runtime\.(?:gc[A-Z]\w*|scan(?:object\w*|block|conservative|stack|framework|span\w*|Object\w*)|greyobject|markroot\w*|findObject|sweepone|bgsweep|bgscavenge|shade|wbBufFlush\w*|wbMove|bulkBarrier\w*|heapBits\w*|spanOf\w*|markBits\w*|tryDeferToSpanScan|\(\*gc\w+\)\.\w+|\(\*sweep\w*\)\.\w+|\(\*mspan\)\.(?:sweep|refillAllocCache)|\(\*lfstack\)\.\w+|\(\*workbuf\)\.\w+|\(\*(?:spanInlineMarkBits|limiterEvent|atomicSpanSetTop\w*|spanSet|spanQueue|localSpanQueue)\)\.\w+)$/,
  /^(?:gc_collect\w*|_PyGC_\w+|PyGC_\w+|deduce_unreachable|subtract_refs|update_refs|visit_(?:decref|reachable)|move_(?:unreachable|legacy\w*)|untrack_(?:tuples|dicts)|GC_(?:mark\w*|collect\w*|try_to_collect\w*|reclaim\w*|push\w*|stopped_mark))$/,
]

const COPYING =
  /^(?:__|_)?(?:GI_)?(?:mem(?:cpy|move|set|pcpy)|wmem(?:cpy|move|set)|bcopy|bzero|str(?:n?cpy|p[n]?cpy))(?:_\w+|@\S+)?$|^runtime\.memmove$|^__builtin_mem(?:cpy|move|set)$/

/** C++'s operators, whose mangled names are fixed: `operator new(unsigned long)`, `operator delete[](void*)`. */
const OPERATOR = /^_Z(?:n[wa]|d[la])\w*$/

/** Rust's growing vectors and strings, by a path component of either mangling. */
const RUST_GROWS = /(?:7raw_vec|8raw_vec_)|5alloc5alloc/

/** What a function of a runtime is there for, by its symbol; undefined for all other functions. */
export function runtimeFamily(symbol: string): RuntimeFamily | undefined {
  const name = plainName(symbol)
  if (OPERATOR.test(name) || isRustGrowth(name)) return 'allocation'
  const known = name.startsWith('_Z') || name.startsWith('_R') ? sourceName(name) : name
  if (COLLECTION.some(pattern => pattern.test(known))) return 'collection'
  if (ALLOCATION.some(pattern => pattern.test(known))) return 'allocation'
  return COPYING.test(known) ? 'copying' : undefined
}

/** Whether each entry of a function is one allocation. */
export function isAllocator(symbol: string): boolean {
  return ALLOCATES.test(plainName(symbol))
}

/** `cfree@GLIBC_2.2.5` without its version. */
const plainName = (symbol: string): string => normaliseName(symbol).replace(/@.*$/, '')

const isRustGrowth = (name: string): boolean => /^_(?:ZN|R)/.test(name) && RUST_GROWS.test(name)
