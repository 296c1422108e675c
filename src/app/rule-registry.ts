import { serviceRefused } from '../aws/to-violation.js';
import { arnOfThisInstance } from '../connect/arn.js';
import type { RuleFacts, RuleFamily } from '../connect/violation.js';
import { templateFlowExists, templateNameFree, templateTokenUnused } from '../engine/decide/create-task-template.js';
import { flowStartsTasks, quickConnectHasFlow } from '../engine/decide/flow-source.js';
import { previousContactChannel } from '../engine/decide/link.js';
import { tagsOfContact } from '../engine/decide/tag-contact.js';
import { anotherTemplate } from '../engine/decide/update-contact-task-template.js';
import { expiryAhead } from '../engine/decide/update-contact.js';
import { attachmentsKept } from '../engine/reads/attached-file.js';
import { maxResultsRange, nextTokenOfQuery } from '../engine/reads/read-page.js';
import { groupOfTags } from '../engine/reads/search-contacts.js';
import { createTaskTemplateRules } from '../validation/requests/create-task-template.js';
import { getAttachedFileRules } from '../validation/requests/get-attached-file.js';
import { lifecycleRules, onlyOneTarget, somethingToUpdate } from '../validation/requests/lifecycle.js';
import { startTaskContactRequestRules, startTaskContactRules } from '../validation/requests/start-task-contact.js';
import {
  templateCustomFields,
  templateDefaultFits,
  templateFieldUnique,
  templateLeadsToFlow,
  templateNameRequired,
  templateOneNameField,
} from '../validation/requests/template-parts.js';
import {
  templateFieldType,
  templateFieldValue,
  templateReadOnlyField,
  templateRequiredField,
} from '../validation/requests/template-values.js';
import { familyOf, type Rule } from '../validation/rule.js';
import { oneRoutingMember } from '../validation/rules/routing.js';
import { jobEndsLater, jobKeySameTask, jobRules, jobSize } from '../validation/rules/jobs.js';
import { scheduledTimeAhead, scheduledTimeNotPast } from '../validation/rules/schedule.js';
import {
  searchAttributesRules,
  searchListLengths,
  searchRangeLength,
  searchSortField,
  searchStartBeforeEnd,
  searchTagsRules,
  searchTextLength,
} from '../validation/rules/search.js';
import {
  taskTemplateActive,
  taskTemplateHasFlow,
  taskTemplateHasSelfAssignFlow,
} from '../validation/rules/task-template.js';
import { templateFieldNamed } from '../wire/operations/create-task-template.js';

/** A rule of the registry: its facts, its family and the room of `src/` that states it. */
export interface RegisteredRule extends RuleFacts {
  readonly family: RuleFamily;
  readonly room: string;
  /** The limit before a real instance. Absent: the same. */
  readonly beforeService?: string;
}

/**
 * Facts of the rules by the room that states them. Rules stand beside their checks; this list is in app/ because no other
 * room may import all of theirs.
 */
const BY_ROOM: Readonly<Record<string, readonly RuleFacts[]>> = {
  validation: [
    ...Object.values(startTaskContactRules).flat<readonly (readonly RuleFacts[])[]>(),
    ...startTaskContactRequestRules,
    scheduledTimeNotPast,
    scheduledTimeAhead,
    taskTemplateActive,
    taskTemplateHasFlow,
    taskTemplateHasSelfAssignFlow,
    templateRequiredField,
    templateFieldType,
    templateFieldValue,
    templateReadOnlyField,
    ...Object.values(lifecycleRules).flat<readonly (readonly RuleFacts[])[]>(),
    ...Object.values(getAttachedFileRules).flat<readonly (readonly RuleFacts[])[]>(),
    somethingToUpdate,
    onlyOneTarget,
    oneRoutingMember,
    // Before the rules of single lists, which state their own bound under the same id.
    searchListLengths,
    searchStartBeforeEnd,
    searchRangeLength,
    searchTextLength,
    searchSortField,
    ...searchAttributesRules,
    ...searchTagsRules,
    ...Object.values(createTaskTemplateRules).flat<readonly (readonly RuleFacts[])[]>(),
    templateOneNameField,
    templateNameRequired,
    templateFieldUnique,
    templateCustomFields,
    templateLeadsToFlow,
    templateDefaultFits,
    ...Object.values(jobRules).flat<readonly (readonly RuleFacts[])[]>(),
    jobEndsLater,
    jobSize,
    jobKeySameTask,
  ],
  connect: [arnOfThisInstance],
  engine: [
    flowStartsTasks,
    quickConnectHasFlow,
    previousContactChannel,
    tagsOfContact,
    attachmentsKept,
    expiryAhead,
    anotherTemplate,
    groupOfTags,
    maxResultsRange,
    nextTokenOfQuery,
    templateNameFree,
    templateFlowExists,
    templateTokenUnused,
  ],
  wire: [templateFieldNamed],
  aws: [serviceRefused],
};

/** Every rule that a violation can name, each id once: validation's first, in the order of the operations. */
export const RULES: readonly RegisteredRule[] = Object.entries(BY_ROOM).flatMap(([room, rules]) =>
  [...Map.groupBy(rules, ({ id }) => id).values()].map(([first]) => registered(first as RuleFacts, room)),
);

function registered(rule: RuleFacts & Pick<Rule<never>, 'ofService'>, room: string): RegisteredRule {
  const { id, limit, source, advice, ofService } = rule;
  const beforeService = ofService !== undefined && { beforeService: ofService.limit };
  return { id, family: familyOf(rule), room, limit, ...beforeService, source, ...(advice !== undefined && { advice }) };
}
