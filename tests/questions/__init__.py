"""The 25 questions: invented documents, what each question should answer on them and the seeds, the page about it."""
