from django.db import migrations

TOPICS = """
    INSERT INTO articles_topiclisting (article_id, published_at, topic_id)
    SELECT article.id, article.published_at, about.topic_id
    FROM articles_article_topics about JOIN articles_article article ON article.id = about.article_id
    WHERE article.state = 'published'
"""
AUTHORS = """
    INSERT INTO articles_authorlisting (article_id, published_at, author_id)
    SELECT article.id, article.published_at, byline.author_id
    FROM articles_byline byline JOIN articles_article article ON article.id = byline.article_id
    WHERE article.state = 'published'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0019_listings'),
    ]

    operations = [
        migrations.RunSQL([TOPICS, AUTHORS], migrations.RunSQL.noop),
    ]
