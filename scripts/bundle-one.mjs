import { rolldown } from 'rolldown'

/** Bundles one TypeScript program into one file that plain node runs: bundle-one.mjs SOURCE TARGET. */
const [source, target] = process.argv.slice(2)
const bundle = await rolldown({ input: source, platform: 'node' })
await bundle.write({ file: target, format: 'esm', codeSplitting: false })
