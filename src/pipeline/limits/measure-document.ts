import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Returns the fragments of a document by name. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])),
  );
}

/** Size of an operation with its fragments spread out. */
export interface DocumentSize {
  /** Depth of fields. The fields below introspection do not count, because a rule of graphql-js bounds them. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
}

const NOTHING: DocumentSize = { depth: 0, aliases: 0, directives: 0 };

/**
 * Measures a document: the maximum of each figure over its operations. The document has only been parsed: a fragment that is
 * missing or spreads itself counts as nothing here, and validation refuses it.
 */
export function measureDocument(document: DocumentNode): DocumentSize {
  const measure = createMeasure(document);
  return document.definitions.map(measure.definition).reduce(greater, NOTHING);
}

/** Measures the selections of a field. */
export function measureSelections(document: DocumentNode, selectionSet: SelectionSetNode | undefined): DocumentSize {
  return createMeasure(document).selections(selectionSet);
}

function createMeasure(document: DocumentNode) {
  const fragments = fragmentsOf(document);
  /** Sizes of fragments, each measured once, because a few lines of fragments can spread out to billions of fields. */
  const measured = new Map<string, DocumentSize>();

  function definition(node: DefinitionNode): DocumentSize {
    if (node.kind !== Kind.OPERATION_DEFINITION) return NOTHING;
    const ofVariables = node.variableDefinitions?.reduce((sum, each) => sum + (each.directives?.length ?? 0), 0) ?? 0;
    return plus(selections(node.selectionSet), {
      ...NOTHING,
      directives: (node.directives?.length ?? 0) + ofVariables,
    });
  }

  function selections(set: SelectionSetNode | undefined): DocumentSize {
    return set?.selections.map(selection).reduce(plus, NOTHING) ?? NOTHING;
  }

  function selection(node: SelectionNode): DocumentSize {
    const directives = node.directives?.length ?? 0;
    switch (node.kind) {
      case Kind.FIELD: {
        const inner = selections(node.selectionSet);
        return {
          depth: isIntrospection(node.name.value) ? 1 : inner.depth + 1,
          aliases: inner.aliases + (node.alias === undefined ? 0 : 1),
          directives: inner.directives + directives,
        };
      }
      case Kind.INLINE_FRAGMENT:
        return plus(selections(node.selectionSet), { ...NOTHING, directives });
      case Kind.FRAGMENT_SPREAD:
        return plus(fragment(node.name.value), { ...NOTHING, directives });
    }
  }

  function fragment(name: string): DocumentSize {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, NOTHING);
    const node = fragments.get(name);
    const directives = node?.directives?.length ?? 0;
    const size = plus(selections(node?.selectionSet), { ...NOTHING, directives });
    measured.set(name, size);
    return size;
  }

  return { definition, selections };
}

/** Adds the sizes of fields beside each other: the greater depth, and the sums of the counts. */
function plus(a: DocumentSize, b: DocumentSize): DocumentSize {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
  };
}

function greater(a: DocumentSize, b: DocumentSize): DocumentSize {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: Math.max(a.aliases, b.aliases),
    directives: Math.max(a.directives, b.directives),
  };
}

/** Checks whether a field belongs to introspection. */
export function isIntrospection(fieldName: string): boolean {
  return fieldName === '__schema' || fieldName === '__type';
}
