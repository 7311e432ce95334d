"""From what a document says to who and what is meant: posts, persons across documents, meetings within one."""
