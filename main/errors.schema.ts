import { z } from 'zod';

export const ErrorViewSchema = z.object({ code: z.string(), message: z.string(), wayOut: z.string() });
