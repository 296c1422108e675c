import { useEffect, useState } from 'react';
import { send } from '../explorer.js';

const LIST = 'query FormTemplates { connectTaskTemplates(first: 100) { nodes { id name status } } }';
const READ = `query FormTemplate($id: ID!) {
  connectTaskTemplate(id: $id) {
    id name description
    fields { name type description required readOnly invisible defaultValue options }
  }
}`;

const NOT_REACHED = 'The gateway cannot be reached.';
const problemOf = ({ errors }, otherwise) => errors?.[0]?.message ?? otherwise;

/**
 * Reads the task templates of the instance, and the chosen one with its fields.
 *
 * @param {string | null} id null: none is chosen
 * @returns {{ templates: object[], template: object | null, problem: string | null }}
 */
export function useTemplates(id) {
  const [templates, setTemplates] = useState([]);
  const [template, setTemplate] = useState(null);
  const [problem, setProblem] = useState(null);
  useEffect(() => {
    send({ query: LIST, operationName: 'FormTemplates' }).then(
      (result) => {
        setTemplates(result.data?.connectTaskTemplates?.nodes ?? []);
        setProblem(problemOf(result, null));
      },
      () => setProblem(NOT_REACHED),
    );
  }, []);
  useEffect(() => {
    setTemplate(null);
    if (id === null) return undefined;
    let isCurrent = true;
    send({ query: READ, operationName: 'FormTemplate', variables: { id } }).then(
      (result) => {
        if (!isCurrent) return;
        setTemplate(result.data?.connectTaskTemplate ?? null);
        setProblem(result.data?.connectTaskTemplate ? null : problemOf(result, 'The template does not exist.'));
      },
      () => isCurrent && setProblem(NOT_REACHED),
    );
    return () => {
      isCurrent = false;
    };
  }, [id]);
  return { templates, template, problem };
}
