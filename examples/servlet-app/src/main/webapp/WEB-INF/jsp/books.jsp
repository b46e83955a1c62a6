<%@ page contentType="text/html;charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="t" tagdir="/WEB-INF/tags" %>
<t:page title="The shelf">
  <form class="search" role="search">
    <input type="search" name="q" value="<c:out value='${param.q}'/>" placeholder="Title or author" aria-label="Search">
    <button>Search</button>
  </form>
  <ul class="books">
    <c:forEach var="entry" items="${books}">
      <li>
        <div>
          <strong><c:out value="${entry.book.title}"/></strong>
          <span><c:out value="${entry.book.author}"/>, ${entry.book.year}</span>
        </div>
        <c:choose>
          <c:when test="${empty entry.reader or entry.reader eq pageContext.request.remoteUser}">
            <form method="post" action="${pageContext.request.contextPath}/loans">
              <input type="hidden" name="form" value="${sessionScope.form}">
              <input type="hidden" name="book" value="${entry.book.id}">
              <c:if test="${empty entry.reader}"><button>Borrow</button></c:if>
              <c:if test="${not empty entry.reader}"><button name="action" value="back">Return</button></c:if>
            </form>
          </c:when>
          <c:otherwise><span class="away">with <c:out value="${entry.reader}"/></span></c:otherwise>
        </c:choose>
      </li>
    </c:forEach>
  </ul>
  <c:if test="${empty books}"><p>No book is called so.</p></c:if>
</t:page>
