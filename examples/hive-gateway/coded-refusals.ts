import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';

/**
 * A plugin of Hive Gateway. It refuses variables of a wrong shape by itself, two flow sources for instance, in words but
 * without a code; no subgraph hears of them. This gives them the code that Apollo's gateway and the task gateway have for
 * the same fault: BAD_USER_INPUT.
 *
 * @example in gateway.config.ts
 * export const gatewayConfig = defineConfig({ plugins: () => [codedRefusals()] });
 */
export function codedRefusals(): GatewayPlugin {
  return {
    onExecute: () => ({
      onExecuteDone({ result }) {
        if (!('errors' in result)) return;
        for (const { nodes, extensions } of result.errors ?? []) {
          // What is found at the declaration of a variable is a fault of its value.
          const isOfVariable =
            nodes?.length && nodes.every(({ kind }: { readonly kind: string }) => kind === 'VariableDefinition');
          if (isOfVariable) extensions.code ??= 'BAD_USER_INPUT';
        }
      },
    }),
  };
}
