"""The reviewer's page: what is asked, what changed, the claims, the text by passages."""
