import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

type Context = Readonly<Record<string, unknown>>

/** Fills `${{ }}` in a text by GitHub's own expressions. */
export function interpolate(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{(.+?)\}\}/gs, (_, expression: string) =>
    evaluate(expression.trim(), context, 'success').coerceString(),
  )
}

/** Whether a condition such as `always()` holds. */
export function holds(condition: string, context: Context, status: string): boolean {
  return evaluate(condition, context, status).coerceString() === 'true'
}

function evaluate(expression: string, context: Context, status: string): data.ExpressionData {
  const is = (name: string, value: boolean) =>
    [name, { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }] as const
  const functions = new Map([
    is('always', true),
    is('success', status === 'success'),
    is('failure', status === 'failure'),
    is('cancelled', status === 'cancelled'),
  ])
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(context), [
    ...functions.values(),
  ]).parse()
  return new Evaluator(tree, dictionary(context), functions).evaluate()
}

function dictionary(values: Context): data.Dictionary {
  return new data.Dictionary(...Object.entries(values).map(([key, value]) => ({ key, value: toData(value) })))
}

function toData(value: unknown): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null()
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (Array.isArray(value)) return new data.Array(...value.map(toData))
  return dictionary(value as Context)
}
