/** The variables of a request before coercion. */
export type Variables = Readonly<Record<string, unknown>>;

/** A cost: a number, or a function of the variables. */
export type Formula = number | ((variables: Variables) => number);

/** Returns the sum: a number if all terms are numbers. */
export function sum(terms: readonly Formula[]): Formula {
  let known = 0;
  const asked: ((variables: Variables) => number)[] = [];
  for (const term of terms) {
    if (typeof term === 'number') known += term;
    else asked.push(term);
  }
  if (asked.length === 0) return known;
  return (variables) => asked.reduce((total, term) => total + term(variables), known);
}

/** Returns the product: a number if both factors are numbers. */
export function product(a: Formula, b: Formula): Formula {
  if (a === 0 || b === 0) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  return (variables) => evaluate(a, variables) * evaluate(b, variables);
}

/** Returns the same formula, evaluated once for each request however often it is used. */
export function once(formula: Formula): Formula {
  if (typeof formula === 'number') return formula;
  const known = new WeakMap<Variables, number>();
  return (variables) => {
    const before = known.get(variables);
    if (before !== undefined) return before;
    const value = formula(variables);
    known.set(variables, value);
    return value;
  };
}

/** Returns the value of a formula. */
export function evaluate(formula: Formula, variables: Variables): number {
  return typeof formula === 'number' ? formula : formula(variables);
}
