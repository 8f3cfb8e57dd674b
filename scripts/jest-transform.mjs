import { transformSync } from 'rolldown/utils'

/** Lets jest read TypeScript with the transformer that also builds the bundle. */
export default {
  process(source, path) {
    const { code, map, errors } = transformSync(path, source, { sourcemap: true })
    if (errors.length > 0) throw new Error(errors.map(error => error.message).join('\n'))
    return { code, map }
  },
}
