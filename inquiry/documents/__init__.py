"""Letters and files as bytes (回答書・回答ファイル): what goes in is ready, nothing is looked up here."""
