import type { CallOptions } from '../connect/call.js';
import { isLinkedTask } from '../connect/contact.js';
import { type ConnectFault, isConnectFault, ServiceQuotaExceededError } from '../connect/errors.js';
import { TRANSFERS } from '../connect/limits.js';
import { listChains } from './associated-contacts.js';
import type { Service } from './service.js';

/**
 * Tells which quota is full where the API answered 402, which it does for a full chain and a full instance alike. A task
 * that joins no chain can meet the instance's quota alone; else the chain is counted, once. What cannot be told is
 * UNKNOWN.
 *
 * @param chainTasks linked tasks that a chain may have
 */
export async function fullQuotaOfCreation(
  service: Service,
  request: { readonly instanceId: string; readonly previousContactId?: string },
  chainTasks: number,
  options?: CallOptions,
): Promise<ConnectFault> {
  const { instanceId, previousContactId } = request;
  if (previousContactId === undefined) return new ServiceQuotaExceededError('ACTIVE_TASKS');
  const chain = await chainOf(service, instanceId, previousContactId, options);
  if (chain === undefined) return new ServiceQuotaExceededError('UNKNOWN');
  return chain.members.filter(isLinkedTask).length >= chainTasks
    ? new ServiceQuotaExceededError('CHAIN', chainTasks)
    : new ServiceQuotaExceededError('ACTIVE_TASKS');
}

/** The same for a transfer: the task's own transfers are counted, from one contact that carried it back to the other. */
export async function fullQuotaOfTransfer(
  service: Service,
  request: { readonly instanceId: string; readonly contactId: string },
  options?: CallOptions,
): Promise<ConnectFault> {
  const chain = await chainOf(service, request.instanceId, request.contactId, options);
  const members = new Map(chain?.members.map((member) => [member.id, member]));
  let transfers = 0;
  let member = members.get(request.contactId);
  while (member?.initiationMethod === 'TRANSFER' && transfers < TRANSFERS) {
    transfers++;
    member = members.get(member.previousContactId ?? '');
  }
  return transfers >= TRANSFERS
    ? new ServiceQuotaExceededError('TRANSFERS', TRANSFERS)
    : new ServiceQuotaExceededError('UNKNOWN');
}

async function chainOf(service: Service, instanceId: string, contactId: string, options?: CallOptions) {
  try {
    const [chain] = await listChains(service, instanceId, [contactId], options);
    return chain === null || chain === undefined || chain instanceof Error ? undefined : chain;
  } catch (error) {
    if (isConnectFault(error)) return undefined;
    throw error;
  }
}
