import { StartTaskContactCommand } from '@aws-sdk/client-connect';

/** The code under test: creates a task that asks an agent to call a customer back. Returns the id of its contact. */
export async function callBack(client, { instanceId, contactFlowId, customer }) {
  const { ContactId } = await client.send(
    new StartTaskContactCommand({
      InstanceId: instanceId,
      ContactFlowId: contactFlowId,
      Name: `Call ${customer} back`,
      ClientToken: crypto.randomUUID(),
    }),
  );
  return ContactId;
}
