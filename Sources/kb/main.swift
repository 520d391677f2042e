import KBCommand

await KnowledgeBaseCommand.main()
