import type { CallOptions } from '../connect/call.js';
import { isLinkedTask } from '../connect/contact.js';
import { type ConnectFault, isConnectFault, ServiceQuotaExceededError } from '../connect/errors.js';
import { SERVICE_CHAIN_TASKS, TRANSFERS } from '../connect/limits.js';
import { listChains } from './associated-contacts.js';
import type { Service } from './service.js';

/**
 * Returns which quota is full after status 402, which the API returns for a full chain and a full instance alike. A
 * task that joins no chain can only exceed the instance's quota. Otherwise the chain is counted, once. If that fails,
 * the quota is UNKNOWN.
 *
 * @param chainTasks maximum number of linked tasks in a chain, by the API reference
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
  const linked = chain.members.filter(isLinkedTask).length;
  if (linked >= chainTasks) return new ServiceQuotaExceededError('CHAIN', chainTasks);
  // The service's documents disagree by one, so that its limit is unknown then.
  return new ServiceQuotaExceededError(linked >= SERVICE_CHAIN_TASKS ? 'CHAIN' : 'ACTIVE_TASKS');
}

/**
 * Returns which quota is full after status 402 for a transfer. It counts the task's transfers, from each contact back
 * to the one before it.
 */
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
