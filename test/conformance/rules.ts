import type { Rule } from './rule.js';
import { attachmentRules } from './rules/attachments.js';
import { attributeRules } from './rules/attributes.js';
import { catalogueRules } from './rules/catalogue.js';
import { chainRules } from './rules/chains.js';
import { clockRules } from './rules/clock.js';
import { creationRules } from './rules/creation.js';
import { errorRules } from './rules/errors.js';
import { flowSourceRules } from './rules/flow-source.js';
import { lifeCycleRules } from './rules/life-cycle.js';
import { linkRules } from './rules/links.js';
import { raceRules } from './rules/races.js';
import { referenceRules } from './rules/references.js';
import { routingRules } from './rules/routing.js';
import { scheduleRules } from './rules/schedule.js';
import { searchRules } from './rules/search.js';
import { segmentAttributeRules } from './rules/segment-attributes.js';
import { tagRules } from './rules/tags.js';
import { templateChangeRules } from './rules/template-changes.js';
import { templateRules } from './rules/templates.js';
import { tokenRules } from './rules/tokens.js';

/** Every rule, by topic. */
export const RULES: readonly Rule[] = [
  ...creationRules,
  ...flowSourceRules,
  ...linkRules,
  ...chainRules,
  ...attributeRules,
  ...referenceRules,
  ...attachmentRules,
  ...tokenRules,
  ...scheduleRules,
  ...clockRules,
  ...templateRules,
  ...lifeCycleRules,
  ...routingRules,
  ...templateChangeRules,
  ...segmentAttributeRules,
  ...tagRules,
  ...errorRules,
  ...raceRules,
  ...catalogueRules,
  ...searchRules,
];
