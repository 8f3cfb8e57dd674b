import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

/** A JSON value of the description, read loosely. */
type Json = Readonly<Record<string, unknown>>

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: Json
}

/** One operation of GitHub's API as GitHub describes it. */
export interface Operation {
  readonly id: string
  readonly method: string
  /** Names of the variable parts of the path, with their values. */
  readonly path: Readonly<Record<string, string>>
  /** What is wrong with a request, a sentence each. */
  faultsOfRequest(query: URLSearchParams, body: unknown): readonly string[]
  /** What is wrong with an answer. */
  faultsOfAnswer(status: number, body: unknown): readonly string[]
}

interface Route {
  readonly id: string
  readonly method: string
  readonly pattern: RegExp
  readonly parameters: readonly Parameter[]
  readonly operation: Json
}

const spec = JSON.parse(
  readFileSync(new URL('../../fixtures/github/github-openapi.json', import.meta.url), 'utf8'),
) as Json
const strict = newAjv(false)
const coercing = newAjv(true)
const compiled = new Map<string, ValidateFunction>()
const routes = Object.entries(spec.paths as Json).flatMap(([path, item]) => routesOf(path, item as Json))

/** Finds the operation for a method and a path; undefined when GitHub's description (as cut here) has none. */
export function findOperation(method: string, path: string): Operation | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null
    if (match) return operationOf(route, decoded(match.groups ?? {}))
  }
  return undefined
}

function operationOf(route: Route, path: Readonly<Record<string, string>>): Operation {
  return {
    id: route.id,
    method: route.method,
    path,
    faultsOfRequest: (query, body) => [
      ...faultsOfParameters(route, path, query),
      ...faultsOfBody(route, body),
      ...faultsBeyondTheDescription(route.id, body),
    ],
    faultsOfAnswer: (status, body) => {
      const responses = route.operation.responses as Json
      const response = resolve(responses[status] ?? responses[`${String(status)[0]}XX`])
      // Refusals of any kind are part of life and left out of many operations.
      if (!response) return status >= 400 ? [] : [`status ${status} is not documented for ${route.id}`]
      const schema = contentSchema(response)
      return schema ? check(strict, `${route.id} ${status}`, schema, body, 'answer') : []
    },
  }
}

function faultsOfParameters(
  route: Route,
  path: Readonly<Record<string, string>>,
  query: URLSearchParams,
): readonly string[] {
  const known = route.parameters.filter(one => one.in === 'path' || one.in === 'query')
  const faults = known.flatMap(parameter => {
    const value = parameter.in === 'path' ? path[parameter.name] : (query.get(parameter.name) ?? undefined)
    if (value === undefined) return parameter.required ? [`${parameter.name} is missing`] : []
    const schema = { type: 'object', properties: { value: parameter.schema } }
    return check(coercing, `${route.id} ?${parameter.name}`, schema, { value }, `parameter ${parameter.name}`)
  })
  const names = new Set(known.filter(one => one.in === 'query').map(one => one.name))
  return [
    ...faults,
    ...[...query.keys()].filter(name => !names.has(name)).map(name => `unknown query ${name}`),
  ]
}

function faultsOfBody(route: Route, body: unknown): readonly string[] {
  const described = resolve(route.operation.requestBody)
  const schema = described && contentSchema(described)
  if (!schema) return body === undefined ? [] : ['a body where none belongs']
  if (body === undefined) return described.required === true ? ['the body is missing'] : []
  const properties = schema.properties as Json | undefined
  const unknown = properties ? Object.keys(body as Json).filter(key => !Object.hasOwn(properties, key)) : []
  return [
    ...check(strict, `${route.id} request`, schema, body, 'body'),
    ...unknown.map(key => `unknown property ${key}`),
  ]
}

/** What GitHub enforces and its description leaves out: lengths, blank bodies, a conclusion for what is completed. */
function faultsBeyondTheDescription(id: string, body: unknown): readonly string[] {
  const given = (body ?? {}) as Json
  const faults: string[] = []
  if (id.startsWith('issues/') && typeof given.body === 'string') {
    if (given.body.trim() === '') faults.push("body can't be blank")
    if (given.body.length > 65_536) faults.push('body is too long (maximum is 65536 characters)')
  }
  if (id.startsWith('checks/')) {
    if (given.status === 'completed' && !given.conclusion) faults.push('conclusion is missing')
    const output = (given.output ?? {}) as Json
    if (Buffer.byteLength(String(output.summary ?? '')) > 65_535) faults.push('output.summary is too long')
  }
  return faults
}

function check(ajv: Ajv, key: string, schema: Json, value: unknown, what: string): readonly string[] {
  const name = `${ajv === strict ? 'strict' : 'coercing'} ${key}`
  const validate = compiled.get(name) ?? ajv.compile(schemaOf(schema, true))
  compiled.set(name, validate)
  if (validate(value)) return []
  return (validate.errors ?? [])
    .slice(0, 8)
    .map((error: ErrorObject) => `${what}${error.instancePath} ${error.message}`)
}

function routesOf(path: string, item: Json): readonly Route[] {
  const shared = (item.parameters ?? []) as readonly unknown[]
  const source = path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  return Object.entries(item)
    .filter(([method]) => method !== 'parameters')
    .map(([method, operation]) => ({
      id: (operation as Json).operationId as string,
      method: method.toUpperCase(),
      pattern: new RegExp(`^${source}$`),
      operation: operation as Json,
      parameters: [...shared, ...(((operation as Json).parameters ?? []) as readonly unknown[])].map(
        one => resolve(one) as unknown as Parameter,
      ),
    }))
}

function newAjv(coerceTypes: boolean): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes })
  formats.default(ajv)
  ajv.addFormat('repo.nwo', true)
  ajv.addFormat('timestamp', true)
  ajv.addSchema({ $id: 'github', components: schemaOf(spec.components as Json, false) })
  return ajv
}

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a null type, and references lead to the registered document. */
function schemaOf(schema: Json, referring: boolean): Json {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key === '$ref' && referring && typeof value === 'string') return value.replace(/^#/, 'github#')
    if (typeof value !== 'object' || value === null || !('nullable' in value)) return value
    const { nullable, ...rest } = value as Record<string, unknown>
    if (nullable !== true) return rest
    if (typeof rest.type !== 'string') return { anyOf: [rest, { type: 'null' }] }
    const choices = Array.isArray(rest.enum) ? { enum: [...rest.enum, null] } : {}
    return { ...rest, type: [rest.type, 'null'], ...choices }
  }) as Json
}

function contentSchema(described: Json): Json | undefined {
  const content = described.content as Json | undefined
  return (content?.['application/json'] as Json | undefined)?.schema as Json | undefined
}

function resolve(node: unknown): Json | undefined {
  if (node === undefined || node === null) return undefined
  const reference = (node as Json).$ref
  if (typeof reference !== 'string') return node as Json
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Json)[key], spec) as Json
}

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]))
}
